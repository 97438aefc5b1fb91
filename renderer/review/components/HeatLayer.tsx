import { useEffect, useRef, type ReactElement, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { HeatMap } from '../../../electron/contract/drives.ts'
import { useOpenDrive } from '../context.ts'
import { readingAt, topOf } from '../stores/reading.ts'
import { eventOf } from '../stores/sessionState.ts'
import { heatColor } from '../paint/heatColor.ts'

/** A playhead that stands for this long rests. */
const REST_MS = 350

/** Where the networks looked, over the picture of the frame at rest. */
export function HeatLayer({
  picture,
}: {
  readonly picture: RefObject<HTMLCanvasElement | null>
}): ReactElement | undefined {
  const { t } = useTranslation()
  const { heat } = useOpenDrive()
  const canvas = useRef<HTMLCanvasElement>(null)
  const { on, map, opacity, busy } = useStore(heat.store)
  useRest()
  useEffect(() => {
    if (canvas.current !== null && map !== undefined) paint(canvas.current, map, picture.current)
  }, [map, picture])
  if (!on) return undefined
  return (
    <>
      <canvas
        ref={canvas}
        className="heat"
        role="img"
        aria-label={t('review.heat.title')}
        hidden={map === undefined}
        style={{ opacity }}
      />
      {busy && <p className="stage-busy">{t('review.heat.busy')}</p>}
    </>
  )
}

/** Asks for the map where the playhead rests, and takes it away as soon as it moves. */
function useRest(): void {
  const { heat, session } = useOpenDrive()
  const on = useStore(heat.store, (state) => state.on)
  const chosen = useStore(heat.store, (state) => state.class)
  useEffect(() => {
    if (!on) return
    let timer: ReturnType<typeof setTimeout> | undefined
    const rest = (): void => {
      clearTimeout(timer)
      timer = setTimeout(() => {
        const state = session.store.getState()
        if (state.transport.playing) return
        const top = topOf(readingAt(state, state.transport.tMs))
        heat.show(state.transport.tMs, top === 'c0' ? (eventOf(state)?.class ?? top) : top)
      }, REST_MS)
    }
    rest()
    const unsubscribe = session.store.subscribe((now, before) => {
      if (now.transport === before.transport) return
      heat.hide()
      rest()
    })
    return () => {
      clearTimeout(timer)
      unsubscribe()
    }
  }, [heat, session, on, chosen])
}

/** Cell by cell, then smoothly over a canvas of the picture's size, so that both lie alike. */
function paint(
  canvas: HTMLCanvasElement,
  { columns, rows, falls }: HeatMap,
  picture: HTMLCanvasElement | null,
): void {
  const cells = new OffscreenCanvas(columns, rows)
  const small = cells.getContext('2d')
  canvas.width = picture?.width ?? columns
  canvas.height = picture?.height ?? rows
  const context = canvas.getContext('2d')
  if (context === null || small === null) return
  const image = small.createImageData(columns, rows)
  const highest = Math.max(1e-6, ...falls)
  falls.forEach((fall, cell) => {
    image.data.set(heatColor(fall / highest), 4 * cell)
  })
  small.putImageData(image, 0, 0)
  context.imageSmoothingQuality = 'high'
  context.drawImage(cells, 0, 0, canvas.width, canvas.height)
}
