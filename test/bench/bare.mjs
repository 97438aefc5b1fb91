/**
 * The bare cost of an ensemble, in a process of its own: the same fold files with the same session
 * options, run in turn on one ready tensor. No video, no preparation, no policy, no messages.
 *
 * Usage: node bare.mjs ENSEMBLE_FOLDER FRAMES  (prints {"framesPerSecond"})
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { InferenceSession, Tensor } from 'onnxruntime-node'
import { sessionOptions } from '../../dist/inference/network.js'
import { DEFAULT_INTRA_OP_THREADS } from '../../dist/inference/threads.js'

const [, , folder = '', frameCount = '300'] = process.argv
const FRAMES = Number(frameCount)
const WARM_UP = 20

/** @typedef {{ name: string, shape: number[] }} Port */
/** @typedef {{ file: string, input: Port, trunk?: { file: string, output: Port } }} Fold */
/** @type {{ folds: Fold[] }} */
const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'))
// What folds share runs once a frame.
const networks = new Map(
  manifest.folds.flatMap(({ file, input, trunk }) => [
    ...(trunk === undefined ? [] : /** @type {const} */ ([[trunk.file, input]])),
    /** @type {const} */ ([file, trunk?.output ?? input]),
  ]),
)
const runs = await Promise.all(
  [...networks].map(async ([file, input]) => {
    const session = await InferenceSession.create(
      path.join(folder, file),
      sessionOptions('cpu', DEFAULT_INTRA_OP_THREADS),
    )
    const size = input.shape.reduce((product, n) => product * n, 1)
    const data = Float32Array.from({ length: size }, (_, i) => Math.sin(i))
    const feeds = { [input.name]: new Tensor('float32', data, input.shape) }
    return () => session.run(feeds)
  }),
)

/** @param {number} frames */
async function loop(frames) {
  for (let i = 0; i < frames; i += 1) for (const run of runs) await run()
}

await loop(WARM_UP)
const startedAt = performance.now()
await loop(FRAMES)
const seconds = (performance.now() - startedAt) / 1000
process.stdout.write(JSON.stringify({ framesPerSecond: FRAMES / seconds }))
