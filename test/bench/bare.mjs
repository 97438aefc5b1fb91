/**
 * The bare cost of an ensemble, in a process of its own: the same fold files with the same session
 * options on the same threads, run on ready tensors. No video, no preparation, no policy.
 *
 * Usage: node bare.mjs ENSEMBLE_FOLDER FRAMES  (prints {"framesPerSecond"})
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { InferenceWorkers, threadsInNetwork } from '../../dist/engine/inference/inferenceWorkers.js'
import { sessionOptions } from '../../dist/engine/inference/network.js'
import { loadRuntime } from '../../dist/engine/inference/runtime.js'

const [, , folder = '', frameCount = '300'] = process.argv
const FRAMES = Number(frameCount)
const WARM_UP = 20

/** @typedef {{ name: string, shape: number[] }} Port */
/** @typedef {{ name: string, file: string, input: Port, output: { name: string }, trunk?: { file: string, output: Port } }} Fold */
/** @type {{ folds: Fold[] }} */
const manifest = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8'))
const here = await loadRuntime()
const workers = new InferenceWorkers(here, manifest.folds)

/**
 * @param {Fold} fold
 * @param {string} file
 * @param {Port} input
 * @param {Port} output
 */
async function open({ name }, file, input, output) {
  const options = sessionOptions('cpu', threadsInNetwork(workers.foldsOfWorkers.length))
  const session = await workers.runtimeOf(name, 'cpu').open(path.join(folder, file), options)
  const feeds = { [input.name]: tensor(input, Math.sin) }
  const fetches = { [output.name]: tensor(output, () => 0) }
  return () => session.run(feeds, fetches)
}

/**
 * @param {Port} port
 * @param {(index: number) => number} value
 */
function tensor({ shape }, value) {
  const length = shape.reduce((product, n) => product * n, 1)
  return here.tensor(
    Float32Array.from({ length }, (_, i) => value(i)),
    shape,
  )
}

/** @param {readonly string[]} names */
async function openWorker(names) {
  // What folds share runs once a frame.
  const networks = new Map()
  for (const fold of manifest.folds.filter(({ name }) => names.includes(name))) {
    const { file, input, trunk } = fold
    const output = { name: fold.output.name, shape: [1, 10] }
    if (trunk !== undefined && !networks.has(trunk.file)) {
      networks.set(trunk.file, await open(fold, trunk.file, input, trunk.output))
    }
    networks.set(file, await open(fold, file, trunk?.output ?? input, output))
  }
  return [...networks.values()]
}

const opened = await Promise.all(workers.foldsOfWorkers.map(openWorker))

/** @param {number} frames */
async function loop(frames) {
  for (let i = 0; i < frames; i += 1) {
    await Promise.all(
      opened.map(async (runs) => {
        for (const run of runs) await run()
      }),
    )
  }
}

await loop(WARM_UP)
const startedAt = performance.now()
await loop(FRAMES)
const seconds = (performance.now() - startedAt) / 1000
process.stdout.write(JSON.stringify({ framesPerSecond: FRAMES / seconds }))
await workers.close()
