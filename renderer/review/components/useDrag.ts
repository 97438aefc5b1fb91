import { useRef, type PointerEvent } from 'react'

type Handler = (event: PointerEvent) => void

interface Drag {
  readonly onPointerDown: Handler
  readonly onPointerMove: Handler
  readonly onPointerUp: () => void
  readonly onPointerCancel: () => void
}

/** Handlers of an element that is dragged over, also beyond its edge. */
export function useDrag(to: Handler, begin?: () => void): Drag {
  const pressed = useRef(false)
  const end = (): void => {
    pressed.current = false
  }
  return {
    onPointerDown: (event) => {
      pressed.current = true
      event.currentTarget.setPointerCapture(event.pointerId)
      begin?.()
      to(event)
    },
    onPointerMove: (event) => {
      if (pressed.current) to(event)
    },
    onPointerUp: end,
    onPointerCancel: end,
  }
}
