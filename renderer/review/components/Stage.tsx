import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemWords } from '../../shared/components/words.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { clock } from '../../shared/format/numbers.ts'
import { useWorkspace, useOpenDrive, useSession } from '../context.ts'
import { problemOf } from '../problems.ts'
import { Latest } from '../stores/latest.ts'
import { HeatLayer } from './HeatLayer.tsx'

/** Widths asked of the server, so that a window that is resized does not ask for each pixel. */
const WIDTH_STEP = 160
const WIDEST = 1280

/** The picture under the playhead: the newest wish wins, one at a time. */
export function Stage(): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const canvas = useRef<HTMLCanvasElement>(null)
  const problem = usePicture(canvas)
  return (
    <section className="view stage">
      <canvas
        ref={canvas}
        width={640}
        height={480}
        role="img"
        aria-label={t('review.picture')}
        hidden={problem !== undefined}
      />
      {problem === undefined ? (
        <HeatLayer picture={canvas} />
      ) : (
        <p className="stage-none">
          {problem.code === 'no-picture' ? t('review.noPicture') : words(problem)}
        </p>
      )}
      <Tag />
    </section>
  )
}

function usePicture(canvas: React.RefObject<HTMLCanvasElement | null>): Problem | undefined {
  const { archive } = useWorkspace()
  const { session } = useOpenDrive()
  const [problem, setProblem] = useState<Problem>()
  useEffect(() => {
    const { id } = session.store.getState().drive.summary
    const pictures = new Latest(
      async (tMs: number) => {
        const jpeg = await archive.picture(id, Math.round(tMs), widthOf(canvas.current))
        return createImageBitmap(new Blob([jpeg]))
      },
      (answer) => {
        if (answer.kind === 'answered') {
          draw(canvas.current, answer.value)
          setProblem(undefined)
          return
        }
        const failed = problemOf(answer.thrown)
        // Somebody else's wish was newer; ours comes again with the next movement.
        if (failed.code !== 'superseded') setProblem(failed)
      },
    )
    pictures.ask(session.store.getState().transport.tMs)
    const unsubscribe = session.store.subscribe((now, before) => {
      if (now.transport.tMs !== before.transport.tMs) pictures.ask(now.transport.tMs)
    })
    return () => {
      unsubscribe()
      pictures.close()
    }
  }, [archive, session, canvas])
  return problem
}

function widthOf(canvas: HTMLCanvasElement | null): number {
  const wanted = (canvas?.parentElement?.clientWidth ?? 640) * devicePixelRatio
  return Math.min(WIDEST, Math.ceil(wanted / WIDTH_STEP) * WIDTH_STEP)
}

function draw(canvas: HTMLCanvasElement | null, bitmap: ImageBitmap): void {
  if (canvas !== null) {
    if (canvas.width !== bitmap.width) canvas.width = bitmap.width
    if (canvas.height !== bitmap.height) canvas.height = bitmap.height
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0)
    canvas.dataset['drawn'] = String(Number(canvas.dataset['drawn'] ?? 0) + 1)
  }
  bitmap.close()
}

/** Where the playhead stands, over the picture. */
function Tag(): ReactElement {
  const tenths = useSession(({ transport }) => Math.floor(transport.tMs / 100))
  const ms = tenths * 100
  return (
    <div className="tag">
      <b>
        {clock(ms)}.{(ms / 100) % 10}
      </b>
    </div>
  )
}
