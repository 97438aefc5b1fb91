/**
 * Tunes `electron/core/monitor/presets/filter.ts` on drives with known truth, each judged only by folds
 * that never saw its driver (ADR 0008). Run it again when an ensemble is new:
 *
 *     npm run build && node test/tools/tune-filter.mjs [STATE-FARM-FOLDER] [ENSEMBLE-FOLDER]
 *
 * Predictions are kept in `.cache/tune` for the next run. Printed are the filter as it is, the best
 * of the grid, and what cross-validation over drivers makes of the choice: the filter is chosen on
 * three quarters of the drivers and scored on the last, over and over.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { openSource } from '../../dist/engine/capture/openSource.js'
import { DriveScorer } from '../../dist/core/evaluation/driveScore.js'
import { PRESETS } from '../../dist/core/monitor/presets/all.js'
import { FILTER } from '../../dist/core/monitor/presets/filter.js'
import { openEnsemble } from '../../dist/engine/inference/ensemble.js'

const here = (/** @type {string} */ name) =>
  fileURLToPath(new URL(`../../${name}`, import.meta.url))
const data = process.argv[2] ?? here('.data/statefarm')
const folder = process.argv[3] ?? here('models/statefarm')

const PERIOD_MS = 200
/** Times that the drivers are dealt anew into four parts. */
const DEALS = 25
const PARTS = 4

/** The grid. More than 250 ms of evidence turn the belief later than the stories of the tests allow. */
const CHANGES = [0.5, 1]
const EVIDENCE = [200, 250]
const ON = [0.63, 0.7, 0.75, 0.8, 0.85]
const OFF = [0.37, 0.5]
const DOUBT = [0.5, 0.55, 0.6, 0.65, 0.7, 0.8]

/**
 * @typedef {import('../../electron/core/monitor/preset.ts').FilterSettings} Filter
 * @typedef {import('../../electron/core/evaluation/driveScore.ts').TruthFrame} TruthFrame
 * @typedef {import('../../electron/core/evaluation/driveScore.ts').DriveScore} DriveScore
 * @typedef {{ driver: string, frames: TruthFrame[] }} Drive
 * @typedef {Pick<Filter, 'transitionsPerSecond' | 'correlationMs' | 'unsafe' | 'entropy'>} Choice
 * @typedef {{ choice: Choice, drivers: DriveScore[][] }} Tried  scores by driver, then by preset
 */

const drives = await predictions()
const trials = grid().map((choice) => ({ choice, drivers: drives.map((d) => scores(d, choice)) }))
const all = drives.map((_, index) => index)
const { transitionsPerSecond, correlationMs, unsafe, entropy } = FILTER
const choice = { transitionsPerSecond, correlationMs, unsafe, entropy }
const now = { choice, drivers: drives.map((drive) => scores(drive, choice)) }
report('as it is', now, all)
for (const trial of [...trials].sort((a, b) => cost(a, all) - cost(b, all)).slice(0, 5)) {
  report('on all drivers', trial, all)
}
crossValidate()

/** @returns {Choice[]} */
function grid() {
  const pairs = CHANGES.flatMap((changes) => EVIDENCE.map((ms) => [changes, ms]))
  const on = ON.flatMap((unsafe) => DOUBT.map((doubt) => [unsafe, doubt]))
  return pairs.flatMap(([transitionsPerSecond = 0, correlationMs = 0]) =>
    on.flatMap(([unsafe = 0, doubt = 0]) =>
      OFF.map((off) => ({
        transitionsPerSecond,
        correlationMs,
        unsafe: { on: unsafe, off },
        entropy: { on: doubt, off: Math.round((doubt - 0.1) * 100) / 100 },
      })),
    ),
  )
}

/**
 * @param {Drive} drive
 * @param {Choice} choice
 */
function scores({ driver, frames }, choice) {
  return PRESETS.map((preset) => {
    const scorer = new DriveScorer({ ...preset, filter: { ...FILTER, ...choice } }, PERIOD_MS)
    scorer.startDrive(driver)
    for (const frame of frames) scorer.frame(frame)
    return scorer.score()
  })
}

/**
 * Share of episodes missed plus false alerts a driver, mean of the presets: to miss every episode
 * is as bad as one false alert in every driver's minute of safe driving. Doubt weighs a fifth of
 * its share of the time, an all-clear over an unsafe driver half, and delay a hundredth a second,
 * so that they decide between equals.
 *
 * @param {Tried} tried
 * @param {readonly number[]} drivers
 */
function cost(tried, drivers) {
  const costs = PRESETS.map((_, preset) => {
    const sum = total(tried, drivers, preset)
    const missed = 1 - sum.found / sum.episodes
    return missed + sum.falseAlerts + 0.2 * sum.unsure + 0.5 * sum.allClear + sum.delayMs / 100_000
  })
  return costs.reduce((a, b) => a + b) / costs.length
}

/**
 * Sums, and means over drivers of what is a share or a rate.
 *
 * @param {Tried} tried
 * @param {readonly number[]} drivers
 * @param {number} preset
 */
function total(tried, drivers, preset) {
  const own = drivers.flatMap((index) => tried.drivers[index]?.[preset] ?? [])
  const sum = (/** @type {(score: DriveScore) => number} */ of) =>
    own.reduce((total, score) => total + of(score), 0)
  return {
    episodes: sum((score) => score.episodes),
    found: sum((score) => score.found),
    falseAlerts: sum((score) => score.falseAlerts) / own.length,
    delayMs: sum((score) => score.delayMs.p50 ?? 0) / own.length,
    unsure: sum((score) => score.unsureShare) / own.length,
    allClear: sum((score) => score.allClearShare) / own.length,
  }
}

/**
 * @param {string} title
 * @param {Tried} tried
 * @param {readonly number[]} drivers
 */
function report(title, tried, drivers) {
  console.log(`${title}: cost ${cost(tried, drivers).toFixed(4)}  ${JSON.stringify(tried.choice)}`)
  PRESETS.forEach(({ id }, preset) => {
    printRow(id, total(tried, drivers, preset), drivers.length)
  })
}

/**
 * @param {string} id
 * @param {ReturnType<typeof total>} sum
 * @param {number} drivers
 */
function printRow(id, sum, drivers) {
  const percent = (/** @type {number} */ share) => `${(100 * share).toFixed(1)} %`
  console.log(
    `  ${id.padEnd(14)} found ${sum.found.toFixed(1)}/${sum.episodes}  ` +
      `false alerts ${(sum.falseAlerts * drivers).toFixed(1)}  ` +
      `unsure ${percent(sum.unsure)}  all-clear ${percent(sum.allClear)}`,
  )
}

function crossValidate() {
  /** @type {Map<string, number>} */
  const picks = new Map()
  /** @type {ReturnType<typeof total>[][]} by preset */
  const held = PRESETS.map(() => [])
  let costs = 0
  for (let deal = 1; deal <= DEALS; deal++) {
    const order = shuffled(all, deal)
    /** @type {DriveScore[][]} */
    const drivers = []
    for (let part = 0; part < PARTS; part++) {
      const train = order.filter((_, n) => n % PARTS !== part)
      const best = trials.reduce((a, b) => (cost(b, train) < cost(a, train) ? b : a))
      const name = JSON.stringify(best.choice)
      picks.set(name, (picks.get(name) ?? 0) + 1)
      order.forEach((driver, n) => {
        if (n % PARTS === part) drivers.push(best.drivers[driver] ?? [])
      })
    }
    const tried = { choice: now.choice, drivers }
    costs += cost(tried, all)
    PRESETS.forEach((_, preset) => held[preset]?.push(total(tried, all, preset)))
  }
  console.log(`on drivers held out, mean of ${DEALS} deals: cost ${(costs / DEALS).toFixed(4)}`)
  PRESETS.forEach(({ id }, preset) => {
    printRow(id, mean(held[preset] ?? []), all.length)
  })
  const often = [...picks].sort(([, a], [, b]) => b - a).slice(0, 5)
  for (const [name, count] of often) console.log(`  chosen ${count} of ${DEALS * PARTS}: ${name}`)
}

/** @param {readonly ReturnType<typeof total>[]} sums */
function mean(sums) {
  const of = (/** @type {keyof ReturnType<typeof total>} */ key) =>
    sums.reduce((total, sum) => total + sum[key], 0) / sums.length
  return {
    episodes: of('episodes'),
    found: of('found'),
    falseAlerts: of('falseAlerts'),
    delayMs: of('delayMs'),
    unsure: of('unsure'),
    allClear: of('allClear'),
  }
}

/**
 * The same order for the same deal, on every machine.
 *
 * @param {readonly number[]} items
 * @param {number} deal
 */
function shuffled(items, deal) {
  const key = (/** @type {number} */ item) =>
    createHash('sha256').update(`${deal}/${item}`).digest('hex')
  return [...items].sort((a, b) => (key(a) < key(b) ? -1 : 1))
}

/** @returns {Promise<Drive[]>} */
async function predictions() {
  const ensemble = await openEnsemble(folder, { providers: ['cpu'] })
  const { manifest } = ensemble
  const of = createHash('sha256').update(JSON.stringify([manifest, path.resolve(data)]))
  const file = here(`.cache/tune/${manifest.id}-${of.digest('hex').slice(0, 12)}.json`)
  if (existsSync(file)) {
    await ensemble.close()
    return JSON.parse(readFileSync(file, 'utf8'))
  }
  const source = await openSource(data, {})
  /** @type {Drive[]} */
  const drives = []
  /** @type {Set<string>} */
  let folds = new Set()
  for await (const item of source) {
    if (item.kind === 'drive') {
      const valid = manifest.folds.filter(({ validDrivers }) => validDrivers.includes(item.label))
      folds = new Set(valid.map(({ name }) => name))
      if (folds.size > 0) drives.push({ driver: item.label, frames: [] })
    } else if (item.kind === 'frame' && item.truth !== undefined && folds.size > 0) {
      const { tMs, view } = item.frame
      const result = await ensemble.predict(item.frame, { folds })
      const { seq, probabilities, top, folds: each, disagreement, entropy } = result
      const prediction = { seq, tMs, probabilities, top, folds: each, disagreement, entropy }
      drives.at(-1)?.frames.push({ tMs, view, truth: item.truth, prediction })
    }
  }
  await source[Symbol.asyncDispose]()
  await ensemble.close()
  mkdirSync(path.dirname(file), { recursive: true })
  writeFileSync(file, JSON.stringify(drives))
  return drives
}
