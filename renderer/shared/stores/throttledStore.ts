import { createStore, type StoreApi } from 'zustand/vanilla'
import type { Millis } from '../../../electron/core/frame.ts'

/**
 * The same store for eyes: it follows `source`, but changes at most `perSecond` times a second
 * and only when the next picture is drawn.
 *
 * @param onFrame calls back before the next picture, as requestAnimationFrame does
 */
export function throttledStore<T extends object>(
  source: StoreApi<T>,
  perSecond: number,
  onFrame: (draw: (nowMs: Millis) => void) => void,
): StoreApi<T> {
  const shown = createStore<T>(() => source.getState())
  let waiting = false
  let drawnMs = -Infinity
  const draw = (nowMs: Millis): void => {
    // Half a frame of tolerance, or 15 a second would become 12 at 60 pictures a second.
    if (nowMs - drawnMs < 1000 / perSecond - 8) {
      onFrame(draw)
      return
    }
    waiting = false
    drawnMs = nowMs
    shown.setState(source.getState(), true)
  }
  source.subscribe(() => {
    if (waiting) return
    waiting = true
    onFrame(draw)
  })
  return shown
}
