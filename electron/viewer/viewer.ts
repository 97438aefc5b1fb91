import type { HeatMap } from '../contract/drives.ts'
import type { Handlers } from '../contract/rpc.ts'
import type { Recording, ViewerMethods } from '../contract/viewer.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Frame, Millis } from '../core/frame.ts'
import { openEnsemble, type Ensemble } from '../engine/inference/ensemble.ts'
import { imdecode } from '../engine/native/opencv.ts'
import { encodePicture } from '../engine/drive/encodePicture.ts'
import { heatMap } from './heatMap.ts'
import { PictureCache, type CachedPicture } from './pictureCache.ts'
import { RecordingCursor, type Shown } from './recordingCursor.ts'

/** Somebody who scrubs has long passed the picture that so many others were asked for after. */
const MAX_WAITING = 32

interface Waiting {
  readonly run: () => Promise<void>
  readonly refuse: () => void
}

/** Looks into recordings for the review screen. One thing at a time, the newest wish first. */
export class Viewer {
  readonly #cache = new PictureCache()
  #waiting: Waiting[] = []
  #busy = false
  #cursor: { readonly key: string; readonly cursor: RecordingCursor } | undefined
  #ensemble: { readonly directory: string; readonly ensemble: Ensemble } | undefined

  readonly handlers: Handlers<ViewerMethods> = {
    picture: async ({ recording, tMs, width }) => {
      const of = `${width} ${JSON.stringify(recording)}`
      const known = this.#cache.find(of, tMs)
      if (known !== undefined) return known
      return await this.#inTurn(async () => {
        const keep = ({ frame, untilMs }: Shown): CachedPicture => {
          const { jpeg } = encodePicture(frame, width)
          const picture = { tMs: frame.tMs, untilMs, jpeg }
          this.#cache.add(of, picture)
          return picture
        }
        const shown = await this.#shown(recording, tMs, keep)
        return shown === undefined ? undefined : keep(shown)
      })
    },
    heatMap: ({ of, tMs, class: id, ensembleDirectory }) =>
      this.#inTurn(async (): Promise<HeatMap | undefined> => {
        const frame =
          'jpeg' in of ? await decoded(of.jpeg, tMs) : (await this.#shown(of.recording, tMs))?.frame
        if (frame === undefined) return undefined
        return await heatMap(await this.#networks(ensembleDirectory), frame, id)
      }),
  }

  async #shown(
    recording: Recording,
    tMs: Millis,
    onPassed: (shown: Shown) => void = () => undefined,
  ): Promise<Shown | undefined> {
    const key = JSON.stringify(recording)
    if (this.#cursor?.key !== key) {
      await this.#cursor?.cursor[Symbol.asyncDispose]()
      this.#cursor = { key, cursor: new RecordingCursor(recording) }
    }
    return await this.#cursor.cursor.at(tMs, onPassed)
  }

  async #networks(directory: string): Promise<Ensemble> {
    if (this.#ensemble?.directory !== directory) {
      await this.#ensemble?.ensemble.close()
      this.#ensemble = { directory, ensemble: await openEnsemble(directory) }
    }
    return this.#ensemble.ensemble
  }

  /** OpenCV takes one call at a time. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({
        run: () => work().then(resolve, reject),
        refuse: () => {
          reject(new RoadwardError('superseded', 'Newer pictures were asked for.'))
        },
      })
      if (this.#waiting.length > MAX_WAITING) this.#waiting.shift()?.refuse()
      void this.#next()
    })
  }

  async #next(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    for (;;) {
      const newest = this.#waiting.pop()
      if (newest === undefined) break
      await newest.run()
    }
    this.#busy = false
  }
}

async function decoded(jpeg: Uint8Array, tMs: Millis): Promise<Frame | undefined> {
  using mat = await imdecode(jpeg)
  if (mat.empty) return undefined
  const { width, height } = mat
  const view = { meanLuma: 0, stdLuma: 0, saturated: 0, changeFromLast: undefined }
  return { seq: 0, tMs, width, height, pixels: mat.toPixels(), view }
}
