import { useEffect, useRef, type RefObject } from 'react'

/**
 * A canvas that is painted once before the next picture, however often that was asked for, and
 * again when its size or the theme changes.
 *
 * @param subscribe asks for painting whenever something changed; @returns the unsubscribe
 */
export function useCanvas(
  paint: (canvas: HTMLCanvasElement) => void,
  subscribe: (repaint: () => void) => () => void,
): RefObject<HTMLCanvasElement | null> {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const element = canvas.current
    if (element === null) return
    let handle = 0
    const repaint = (): void => {
      if (handle !== 0) return
      handle = requestAnimationFrame(() => {
        handle = 0
        paint(element)
      })
    }
    const size = new ResizeObserver(repaint)
    size.observe(element)
    const theme = new MutationObserver(repaint)
    theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    const unsubscribe = subscribe(repaint)
    repaint()
    return () => {
      cancelAnimationFrame(handle)
      size.disconnect()
      theme.disconnect()
      unsubscribe()
    }
  }, [paint, subscribe])
  return canvas
}
