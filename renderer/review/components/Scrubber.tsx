import { useEffect, useRef, type PointerEvent, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'
import { lengthOf } from '../stores/window.ts'
import { useDrag } from './useDrag.ts'

/** A turn of a wheel is 100: it shows a third more, or less. */
const ZOOM_PER_PIXEL = 0.003

/** The window's lanes as one slider: drag to scrub, wheel to zoom, with shift to move along. */
export function Scrubber({ children }: { readonly children: ReactNode }): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const area = useRef<HTMLDivElement>(null)
  const seconds = useSession(({ transport }) => Math.floor(transport.tMs / 1000))
  const durationMs = useSession(({ drive }) => drive.summary.durationMs)
  const timeAt = (clientX: number): number => {
    const { left = 0, width = 1 } = area.current?.getBoundingClientRect() ?? {}
    const { window } = session.store.getState()
    const share = Math.min(1, Math.max(0, (clientX - left) / width))
    return window.fromMs + share * lengthOf(window)
  }
  useEffect(() => {
    const element = area.current
    if (element === null) return
    const onWheel = (event: WheelEvent): void => {
      event.preventDefault()
      const { left, width } = element.getBoundingClientRect()
      const { window } = session.store.getState()
      const along = event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)
      const turn = along && event.deltaX !== 0 ? event.deltaX : event.deltaY
      const atMs = window.fromMs + ((event.clientX - left) / width) * lengthOf(window)
      session.act(
        along
          ? { type: 'pan', byMs: (turn / width) * lengthOf(window) }
          : { type: 'zoom', factor: Math.exp(turn * ZOOM_PER_PIXEL), atMs },
      )
    }
    // React's own listeners are passive: the page would scroll.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => {
      element.removeEventListener('wheel', onWheel)
    }
  }, [session])
  const drag = useDrag(
    ({ clientX }: PointerEvent): void => {
      session.act({ type: 'seek', tMs: timeAt(clientX) })
    },
    () => {
      session.act({ type: 'pause' })
    },
  )
  return (
    <div
      ref={area}
      className="scrubber"
      role="slider"
      tabIndex={0}
      aria-label={t('review.scrubber')}
      aria-valuemin={0}
      aria-valuemax={Math.round(durationMs / 1000)}
      aria-valuenow={seconds}
      aria-valuetext={clock(seconds * 1000)}
      {...drag}
    >
      {children}
    </div>
  )
}
