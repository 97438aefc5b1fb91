import { useCallback, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { cleared, colors } from '../../shared/components/palette.ts'
import { useOpenDrive } from '../context.ts'
import { paintMarks, paintSpans } from '../paint/spans.ts'
import { useCanvas } from './useCanvas.ts'
import { useSideWords } from './reviewWords.ts'

export interface SideLaneProps {
  /** The recorded drive alone, or one side of a comparison. */
  readonly name: 'recorded' | 'a' | 'b'
}

/** States and alerts within the window. */
export function SideLane({ name }: SideLaneProps): ReactElement {
  const { t } = useTranslation()
  const { session, whatIf } = useOpenDrive()
  const lane = useStore(whatIf.store, ({ laneA, laneB }) =>
    name === 'a' ? laneA : name === 'b' ? laneB : undefined,
  )
  const sideWords = useSideWords()
  const paint = useCallback(
    (canvas: HTMLCanvasElement) => {
      const context = cleared(canvas)
      if (context === undefined) return
      const { drive, window, event } = session.store.getState()
      const { clientWidth: width, clientHeight: height } = canvas
      const color = colors(canvas)
      const stage = { context, width, height, window, color }
      context.fillStyle = color('panel2')
      context.fillRect(0, 0, width, height)
      paintSpans(stage, lane?.spans ?? drive.spans)
      const marks = lane?.alerts ?? drive.events
      const near = marks.filter(({ tMs }) => tMs >= window.fromMs && tMs <= window.toMs)
      paintMarks(stage, near, near.length < 60)
      if (lane !== undefined) return
      const chosen = drive.events.find(({ id }) => id === event)
      if (chosen !== undefined) frame(stage, chosen)
    },
    [session, lane],
  )
  const subscribe = useCallback(
    (repaint: () => void) =>
      session.store.subscribe((now, before) => {
        const moved = now.window !== before.window || now.event !== before.event
        if (moved || now.drive !== before.drive) repaint()
      }),
    [session],
  )
  const canvas = useCanvas(paint, subscribe)
  const words = lane === undefined ? t('review.lane.window') : sideWords(lane.side)
  return (
    <div className={`lane-row side-${name}`}>
      <canvas ref={canvas} className="lane" role="img" aria-label={words} />
      {lane !== undefined && (
        <span className="lane-name" aria-hidden="true">
          <b>{t(name === 'a' ? 'review.whatIf.a' : 'review.whatIf.b')}</b> {words}
        </span>
      )}
    </div>
  )
}

/** The event whose reasons are shown. */
function frame(
  { context, width, height, window, color }: Parameters<typeof paintSpans>[0],
  {
    sinceMs,
    tMs,
    clearedMs = tMs,
  }: { sinceMs: number; tMs: number; clearedMs?: number | undefined },
): void {
  const scale = width / (window.toMs - window.fromMs)
  context.strokeStyle = color('text')
  context.lineWidth = 2
  const from = (sinceMs - window.fromMs) * scale
  context.strokeRect(from, 1, Math.max(4, (clearedMs - sinceMs) * scale), height - 2)
}
