import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { PictureEvent } from '../../electron/contract/web.ts'
import { useApp, useDrive } from '../shared/appContext.ts'
import { clock } from '../shared/format/numbers.ts'
import { displayStateOf } from '../shared/stores/displayState.ts'
import { Blindness } from './Blindness.tsx'

/** The most that the engine sends (safety of its time, not of ours). */
const PER_SECOND = 15

/** What the camera sees, on a canvas; and instead of it, that nobody is watching. */
export function Picture(): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const end = api.subscribe((event) => {
      if (event.type === 'picture') void draw(canvas.current, event, api.pictureTaken.bind(api))
    })
    const endLink = api.observe(({ type }) => {
      if (type === 'starting') wipe(canvas.current)
    })
    api.setPictures(PER_SECOND)
    return () => {
      end()
      endLink()
      api.setPictures(0)
    }
  }, [api])
  return (
    <section className="view">
      <canvas ref={canvas} width={640} height={480} role="img" aria-label={t('picture.label')} />
      <Tag />
      <Blindness />
    </section>
  )
}

/** The last drive's picture must not pass for this one's. */
function wipe(canvas: HTMLCanvasElement | null): void {
  canvas?.getContext('2d')?.clearRect(0, 0, canvas.width, canvas.height)
}

async function draw(
  canvas: HTMLCanvasElement | null,
  { jpeg, width, height }: PictureEvent,
  taken: () => void,
): Promise<void> {
  try {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(jpeg)]))
    await new Promise((resolve) => requestAnimationFrame(resolve))
    if (canvas !== null) {
      if (canvas.width !== width) canvas.width = width
      if (canvas.height !== height) canvas.height = height
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
      canvas.dataset['drawn'] = String(Number(canvas.dataset['drawn'] ?? 0) + 1)
    }
    bitmap.close()
  } finally {
    // Also for a picture that cannot be decoded: the next one may be.
    taken()
  }
}

/** Live or recorded, and where the drive stands. */
function Tag(): ReactElement | undefined {
  const { t } = useTranslation()
  const opened = useDrive((state) => state.opened)
  const label = useDrive((state) => state.label)
  const seconds = useDrive((state) => Math.floor((state.prediction?.tMs ?? 0) / 1000))
  const watching = useDrive((state) => displayStateOf(state).kind)
  if (opened === undefined || watching === 'blind' || watching === 'failed') return undefined
  const kind = watching === 'paused' ? 'paused' : opened.source.live ? 'live' : 'recorded'
  return (
    <div className={`tag tag-${kind}`}>
      <i className={`dot ${kind}`} aria-hidden="true" />
      {t(`picture.${kind}`)}
      <b>{clock(seconds * 1000)}</b>
      {label}
    </div>
  )
}
