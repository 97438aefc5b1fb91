/**
 * Twelve hours of a drive at 15 frames a second, generated, written through the archive process
 * and opened again: `node test/tools/twelve-hours.mjs [--hours N] [--keep DIR]`. Prints what it
 * took, as JSON. The figures in the README come from it.
 */

import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { parseArgs } from 'node:util'

import { CLASSES } from '../../dist/core/labels.js'
import { initialMonitor, step } from '../../dist/core/monitor/monitor.js'
import { ROADWARD } from '../../dist/core/monitor/presets/roadward.js'
import { status } from '../../dist/core/monitor/status.js'
import { monitorEvent } from '../../dist/contract/monitorEvents.js'
import { unpackPredictions } from '../../dist/contract/predictionTable.js'
import { DriveLog } from '../../dist/archive/driveLog/driveLog.js'
import { findPreset } from '../../dist/core/monitor/presets/all.js'
import { openArchive } from '../../dist/app/recording/openArchive.js'

/** @typedef {import('../../dist/core/labels.js').ClassId} ClassId */

const { values } = parseArgs({ options: { hours: { type: 'string' }, keep: { type: 'string' } } })
const PERIOD_MS = 1000 / 15
const frames = Math.round((Number(values.hours ?? 12) * 3_600_000) / PERIOD_MS)
const directory = values.keep ?? mkdtempSync(join(tmpdir(), 'roadward-hours-'))

/** Mostly safe; every two minutes or so something else for one to eight seconds. */
let seed = 11
function draw() {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
  return seed / 2 ** 32
}
let acting = /** @type {ClassId} */ ('c0')
let until = 0

/** @param {number} tMs @returns {ClassId} */
function act(tMs) {
  if (tMs < until) return acting
  acting = acting === 'c0' ? (CLASSES[1 + Math.floor(draw() * 9)] ?? 'c1') : 'c0'
  until = tMs + (acting === 'c0' ? 60_000 + draw() * 120_000 : 1000 + draw() * 7000)
  return acting
}

/** @param {number} seq */
function frameOf(seq) {
  const tMs = seq * PERIOD_MS
  const top = act(tMs)
  const rest = 0.002 + draw() * 0.004
  const probabilities = CLASSES.map((id) => Math.fround(id === top ? 1 - 9 * rest : rest))
  const folds = [0.99, 1, 0.98, 1].map((k) => probabilities.map((p) => Math.fround(p * k)))
  return {
    seq,
    tMs,
    probabilities,
    top,
    folds,
    disagreement: Math.fround(draw() / 20),
    entropy: Math.fround(rest * 9),
  }
}

const view = { meanLuma: 110.5, stdLuma: 55.25, saturated: 0, changeFromLast: 8.5 }

/** @param {number | undefined} pid */
function rssMb(pid) {
  const text = readFileSync(`/proc/${pid ?? 'self'}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024)
}

const archive = openArchive(directory)
const { drive } = await archive.call('begin', {
  startedAt: Date.now(),
  origin: 'live',
  source: { uri: '0', kind: 'camera', name: 'twelve hours' },
  options: {},
  labels: {},
  ensemble: { id: 'generated', version: '1.0.0' },
  folds: ['a', 'b', 'c', 'd'],
  foldHashes: [],
  provider: 'cpu',
  preset: ROADWARD,
  programVersion: '0',
  pictures: 'none',
})
const log = new DriveLog()
let monitor = initialMonitor(ROADWARD)
let number = 0
/** Of the archive process, and of this one, which holds what a recorder holds. */
const memory = /** @type {{ archive: number, recorder: number }[]} */ ([])
const began = performance.now()
for (let seq = 0; seq < frames; seq++) {
  const prediction = frameOf(seq)
  const { tMs } = prediction
  const stepped = step(ROADWARD, monitor, { kind: 'frame', tMs, prediction, view, speedKmh: 80 })
  monitor = stepped.state
  // Through JSON, as it crosses to the shell.
  const told = /** @type {any} */ ({ ...status(ROADWARD, monitor) })
  const latencyMs = { prepare: 0, infer: 0, combine: 0, total: 0 }
  log.event({
    type: 'prediction',
    ...prediction,
    status: told,
    view,
    speedKmh: 80,
    latencyMs,
    dropped: 0,
  })
  for (const event of stepped.events) log.event(monitorEvent(event))
  log.event({ type: 'snapshot', snapshot: { monitor, lastSeq: seq, lastTMs: tMs, monotonicMs: 0 } })
  if (seq % 15 !== 14 && seq !== frames - 1) continue
  const batch = log.take()
  if (batch !== undefined) await archive.call('append', { drive, number: number++, ...batch })
  if (number % Math.ceil(frames / 15 / 12) === 0) {
    memory.push({ archive: rssMb(archive.pid), recorder: rssMb(undefined) })
  }
}
await archive.call('finish', { drive, status: 'complete' })
const wroteMs = performance.now() - began
await archive[Symbol.asyncDispose]()

/** @template T @param {() => Promise<T>} work @returns {Promise<{ ms: number, value: T }>} */
async function timed(work) {
  const at = performance.now()
  const value = await work()
  return { ms: Math.round((performance.now() - at) * 10) / 10, value }
}

const again = openArchive(directory)
const { ms: startMs } = await timed(() => again.call('list', {}))
const opened = await timed(async () => {
  const got = await again.call('get', { drive })
  const table = await again.call('predictions', { drive, buckets: 2000 })
  return { got, table: unpackPredictions(new Uint8Array(table).buffer) }
})
const zoomed = await timed(() =>
  again.call('predictions', { drive, fromMs: 3_600_000, toMs: 3_660_000, buckets: 0 }),
)
const hour = await timed(() =>
  again.call('predictions', { drive, fromMs: 3_600_000, toMs: 7_200_000, buckets: 2000 }),
)
const all = await timed(() => again.call('predictions', { drive, buckets: 0 }))
const preset = findPreset('openpilot') ?? ROADWARD
const other = await timed(() => again.call('whatIf', { drive, preset }))
await again[Symbol.asyncDispose]()
const { size } = statSync(join(directory, 'archive.sqlite'))
process.stdout.write(
  `${JSON.stringify(
    {
      frames,
      wroteMs: Math.round(wroteMs),
      databaseMb: Math.round(size / 1e5) / 10,
      bytesPerFrame: Math.round(size / frames),
      memoryMb: memory,
      processStartMs: startMs,
      openMs: opened.ms,
      events: opened.value.got.events.length,
      spans: opened.value.got.spans.length,
      buckets: opened.value.table.tMs.length,
      minuteOfFramesMs: zoomed.ms,
      hourInBucketsMs: hour.ms,
      allFramesMs: all.ms,
      whatIfMs: other.ms,
    },
    undefined,
    2,
  )}\n`,
)
if (values.keep === undefined) rmSync(directory, { recursive: true })
