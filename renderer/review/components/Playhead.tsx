import { useEffect, useRef, type ReactElement } from 'react'
import { useOpenDrive } from '../context.ts'
import { xOf } from '../stores/spans.ts'

/** A line over all lanes, moved without React: it follows the hand at once. */
export function Playhead(): ReactElement {
  const { session } = useOpenDrive()
  const line = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const place = (): void => {
      const element = line.current
      const parent = element?.parentElement
      if (element === null || parent === null || parent === undefined) return
      const { transport, window } = session.store.getState()
      const x = xOf(window, parent.clientWidth)(transport.tMs)
      element.style.transform = `translateX(${x}px)`
      element.hidden = x < 0 || x > parent.clientWidth
    }
    place()
    const size = new ResizeObserver(place)
    const parent = line.current?.parentElement
    if (parent !== null && parent !== undefined) size.observe(parent)
    const unsubscribe = session.store.subscribe(place)
    return () => {
      size.disconnect()
      unsubscribe()
    }
  }, [session])
  return <div ref={line} className="playhead" aria-hidden="true" />
}
