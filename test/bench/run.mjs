/**
 * `npm run bench`: how close the product comes to the bare cost of its networks, in one run.
 *
 * The three contenders take turns, so that a busy machine hurts all of them; each figure is the
 * median of its rounds. `--peer` adds the Python loop in a throw-away virtual environment.
 */
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { findEnsemble } from '../../dist/engine/inference/catalog.js'
import { MODELS_DIR } from '../../dist/app/paths.js'
import { pipeline } from './pipeline.mjs'
import { benchVideo } from './video.mjs'

const HERE = path.dirname(fileURLToPath(import.meta.url))
const CACHE = path.join(HERE, '../../.cache/bench')

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    peer: { type: 'boolean', default: false },
    ensemble: { type: 'string', default: 'statefarm' },
    video: { type: 'string' },
    frames: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '3' },
  },
})

const frames = Number(values.frames)
const rounds = Number(values.rounds)
const folder = await findEnsemble(values.ensemble, MODELS_DIR)
const video = values.video ?? benchVideo(CACHE, frames)
const python = values.peer ? peerPython() : undefined

/** @type {{ pipeline: number[], bare: number[], peer: number[], memory: number[] }} */
const measured = { pipeline: [], bare: [], peer: [], memory: [] }
for (let round = 1; round <= rounds; round += 1) {
  measured.bare.push(child(process.execPath, [path.join(HERE, 'bare.mjs'), folder, values.frames]))
  const { framesPerSecond, peakMemoryMb } = await pipeline(video, folder)
  measured.pipeline.push(framesPerSecond)
  measured.memory.push(peakMemoryMb)
  if (python !== undefined) {
    measured.peer.push(child(python, [path.join(HERE, 'peer.py'), folder, video]))
  }
  process.stderr.write(`round ${round} of ${rounds} done\n`)
}

const framesPerSecond = median(measured.pipeline)
const bareFramesPerSecond = median(measured.bare)
const peerFramesPerSecond = python === undefined ? undefined : median(measured.peer)
const result = {
  framesPerSecond,
  bareFramesPerSecond,
  ratio: framesPerSecond / bareFramesPerSecond,
  peakMemoryMb: Math.max(...measured.memory),
  peerFramesPerSecond,
  peerRatio: peerFramesPerSecond && framesPerSecond / peerFramesPerSecond,
}
process.stdout.write(values.json ? `${JSON.stringify(result)}\n` : words())

function words() {
  const peer =
    peerFramesPerSecond === undefined
      ? ''
      : `Python peer  ${peerFramesPerSecond.toFixed(1)} frames a second ` +
        `(Roadward does ${(framesPerSecond / peerFramesPerSecond).toFixed(2)} times as many)\n`
  return (
    `pipeline     ${framesPerSecond.toFixed(1)} frames a second\n` +
    `bare folds   ${bareFramesPerSecond.toFixed(1)} frames a second\n` +
    `ratio        ${result.ratio.toFixed(3)}\n` +
    peer +
    `engine       ${result.peakMemoryMb.toFixed(0)} MB at its peak\n`
  )
}

/** @type {(numbers: number[]) => number} */
function median(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** @type {(command: string, args: string[]) => number} */
function child(command, args) {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' })).framesPerSecond
}

/** A virtual environment of its own, made on first use. */
function peerPython() {
  const venv = path.join(CACHE, 'venv')
  const binary = path.join(venv, 'bin/python')
  if (!existsSync(path.join(venv, 'ready'))) {
    execFileSync('python3', ['-m', 'venv', venv], { stdio: 'inherit' })
    const packages = ['opencv-python-headless', 'onnxruntime', 'numpy']
    execFileSync(binary, ['-m', 'pip', 'install', '-q', ...packages], { stdio: 'inherit' })
    execFileSync('touch', [path.join(venv, 'ready')])
  }
  return binary
}
