import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import uPlot from 'uplot'
import { colors } from '../../shared/components/palette.ts'
import { clock } from '../../shared/format/numbers.ts'
import { useOpenDrive } from '../context.ts'
import { stackOf, STACKED } from '../paint/stack.ts'
import type { Session } from '../stores/session.ts'
import { tableFor } from '../stores/reading.ts'

/** Room for the times under the chart, in CSS pixels; the rest is the sum of the unsafe classes. */
const AXIS_HEIGHT = 22

/** Half the width of a time. */
const EDGE = 26

/** The probabilities of the unsafe classes over time, one over the other; above them P(c0). */
export function Chart(): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = box.current
    if (element === null) return
    return plotted(element, session)
  }, [session])
  return <div ref={box} className="chart" role="img" aria-label={t('review.lane.chart')} />
}

/** @returns the end of it */
function plotted(element: HTMLElement, session: Session): () => void {
  const plot = new uPlot(optionsOf(element, session), [[]], element)
  let table: ReturnType<typeof tableFor>
  let handle = 0
  const draw = (): void => {
    handle = 0
    const state = session.store.getState()
    const next = tableFor(state, state.window)
    if (next !== undefined && next !== table) {
      table = next
      plot.setData(stackOf(next), false)
    }
    plot.setScale('x', { min: state.window.fromMs, max: state.window.toMs })
  }
  const soon = (): void => {
    if (handle === 0) handle = requestAnimationFrame(draw)
  }
  const unsubscribe = session.store.subscribe((now, before) => {
    const moved = now.window !== before.window
    if (moved || now.detail !== before.detail || now.overview !== before.overview) soon()
    else if (now.event !== before.event) plot.redraw(false)
  })
  const size = new ResizeObserver(() => {
    plot.setSize({ width: element.clientWidth, height: element.clientHeight })
  })
  size.observe(element)
  const theme = new MutationObserver(() => {
    plot.redraw(false, true)
  })
  theme.observe(document.documentElement, { attributeFilter: ['data-theme'] })
  draw()
  return () => {
    cancelAnimationFrame(handle)
    unsubscribe()
    size.disconnect()
    theme.disconnect()
    plot.destroy()
  }
}

function optionsOf(element: HTMLElement, session: Session): uPlot.Options {
  const color = (name: string): string => colors(element)(name)
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    padding: [0, 0, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: [0, 1] } },
    axes: [
      {
        size: AXIS_HEIGHT,
        gap: 2,
        space: 90,
        stroke: () => color('mute'),
        font: `500 12px ${getComputedStyle(element).fontFamily}`,
        grid: { stroke: () => color('line'), width: 1 },
        ticks: { show: false },
        incrs: [
          500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 120_000, 300_000, 600_000, 900_000,
          1_800_000, 3_600_000, 7_200_000, 14_400_000,
        ],
        values: (plot, splits) =>
          splits.map((ms) => {
            const x = plot.valToPos(ms, 'x')
            // Half a time at the edge of the chart would be none.
            if (x < EDGE || x > plot.width - EDGE) return ''
            return ms % 1000 === 0 ? clock(ms) : `${clock(ms)}.${(ms % 1000) / 100}`
          }),
      },
      { show: false },
    ],
    series: [
      {},
      ...STACKED.toReversed().map((id) => ({
        fill: () => color(`c${id}`),
        width: 0,
        points: { show: false },
      })),
    ],
    hooks: {
      draw: [
        (plot) => {
          thresholds(plot, session, color)
        },
      ],
    },
  }
}

/** Where the smoothed sum turns unsafe, and where safe again. */
function thresholds(plot: uPlot, session: Session, color: (name: string) => string): void {
  const { ctx, bbox } = plot
  const { on, off } = session.store.getState().drive.preset.filter.unsafe
  ctx.save()
  ctx.strokeStyle = color('text')
  ctx.lineWidth = uPlot.pxRatio
  ctx.setLineDash([3 * uPlot.pxRatio, 5 * uPlot.pxRatio])
  for (const [value, alpha] of [
    [on, 0.75],
    [off, 0.4],
  ] as const) {
    const y = Math.round(plot.valToPos(value, 'y', true))
    ctx.globalAlpha = alpha
    ctx.beginPath()
    ctx.moveTo(bbox.left, y)
    ctx.lineTo(bbox.left + bbox.width, y)
    ctx.stroke()
  }
  ctx.restore()
}
