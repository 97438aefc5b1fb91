import { useCallback, useMemo, type PointerEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { cleared, colors } from '../../shared/components/palette.ts'
import { clock } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'
import { paintMarks, paintSpans } from '../paint/spans.ts'
import type { Session } from '../stores/session.ts'
import type { SessionState } from '../stores/sessionState.ts'
import { xOf } from '../stores/spans.ts'
import { wholeWindow } from '../stores/window.ts'
import { useCanvas } from './useCanvas.ts'
import { useDrag } from './useDrag.ts'

/** The whole drive: states, alerts, the window and the playhead. A press goes there. */
export function DriveLane(): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const durationMs = useSession(({ drive }) => drive.summary.durationMs)
  const paint = useMemo(() => painter(session), [session])
  const subscribe = useCallback(
    (repaint: () => void) => session.store.subscribe(repaint),
    [session],
  )
  const canvas = useCanvas(paint, subscribe)
  const drag = useDrag(({ currentTarget, clientX }: PointerEvent): void => {
    const { left, width } = currentTarget.getBoundingClientRect()
    session.act({ type: 'seek', tMs: ((clientX - left) / width) * durationMs })
  })
  return (
    <div className="lane-row whole">
      <canvas
        ref={canvas}
        className="lane"
        role="img"
        aria-label={t('review.lane.drive', { time: clock(durationMs) })}
        {...drag}
      />
    </div>
  )
}

/** States and alerts are painted once into a picture; only window and playhead move over it. */
function painter(session: Session): (canvas: HTMLCanvasElement) => void {
  const still = document.createElement('canvas')
  let painted = ''
  let events: SessionState['drive']['events'] | undefined
  return (canvas) => {
    const context = cleared(canvas)
    if (context === undefined) return
    const { drive, window, transport } = session.store.getState()
    const { clientWidth: width, clientHeight: height } = canvas
    const color = colors(canvas)
    const whole = wholeWindow(drive.summary.durationMs)
    const key = [canvas.width, canvas.height, document.documentElement.dataset['theme']].join()
    if (painted !== key || events !== drive.events) {
      painted = key
      events = drive.events
      const stage = { context, width, height, window: whole, color }
      context.fillStyle = color('panel2')
      context.fillRect(0, 0, width, height)
      paintSpans(stage, drive.spans)
      paintMarks(stage, drive.events, false)
      still.width = canvas.width
      still.height = canvas.height
      still.getContext('2d')?.drawImage(canvas, 0, 0)
    } else context.drawImage(still, 0, 0, width, height)
    const x = xOf(whole, width)
    paintWindow(context, x(window.fromMs), x(window.toMs), width, height, color)
    context.fillStyle = color('text')
    context.fillRect(Math.round(x(transport.tMs)) - 1, 0, 2, height)
  }
}

/** What lies outside of the window is dimmed, and the window framed. */
function paintWindow(
  context: CanvasRenderingContext2D,
  from: number,
  to: number,
  width: number,
  height: number,
  color: (name: string) => string,
): void {
  if (from <= 0 && to >= width) return
  context.globalAlpha = 0.62
  context.fillStyle = color('bg')
  context.fillRect(0, 0, from, height)
  context.fillRect(to, 0, width - to, height)
  context.globalAlpha = 1
  context.strokeStyle = color('text')
  context.lineWidth = 1.5
  context.strokeRect(from, 0.75, Math.max(3, to - from), height - 1.5)
}
