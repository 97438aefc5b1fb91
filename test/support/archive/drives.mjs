/** Drives made of the script by the real policy, and the tables of their predictions. */

import { STATES } from '../../../dist/contract/predictionTable.js'
import { monitorEvent } from '../../../dist/contract/monitorEvents.js'
import { CLASSES } from '../../../dist/core/labels.js'
import { rank } from '../../../dist/core/monitor/level.js'
import { initialMonitor, step } from '../../../dist/core/monitor/monitor.js'
import { EpisodeTracker } from '../../../dist/archive/driveLog/episodes.js'
import { sampleOfState } from '../../../dist/archive/driveLog/stateSample.js'
import { SpanTracker } from '../../../dist/archive/driveLog/spans.js'
import { FRAME_MS, isEventful, PERIOD_MS, predictionAt } from './script.mjs'

/** @typedef {import('../../../electron/contract/drives.ts').Drive} Drive */
/** @typedef {import('../../../electron/contract/drives.ts').DriveSummary} DriveSummary */
/** @typedef {import('../../../electron/contract/drives.ts').WhatIf} WhatIf */
/** @typedef {import('../../../electron/contract/predictionTable.ts').PredictionTable} PredictionTable */
/** @typedef {import('../../../electron/core/monitor/preset.ts').Preset} Preset */

/** As many as models/statefarm has. */
const FOLDS = Array.from({ length: 12 }, (_, index) => index + 1)

/** @type {readonly import('../../../electron/contract/drives.ts').StateSpan[]} */
const QUIET = [{ fromMs: 0, toMs: PERIOD_MS, state: 'safe' }]

const VIEW = { meanLuma: 110, stdLuma: 60, saturated: 0, changeFromLast: 2 }

/**
 * One period under a preset.
 * @param {Preset} preset
 */
function judged(preset) {
  const episodes = new EpisodeTracker()
  const spans = new SpanTracker()
  /** @type {number[]} */
  const states = []
  let state = initialMonitor(preset)
  for (let tMs = 0; tMs < PERIOD_MS; tMs += FRAME_MS) {
    const prediction = predictionAt(tMs)
    const next = step(
      preset,
      state,
      prediction === undefined
        ? { kind: 'gap', tMs }
        : { kind: 'frame', tMs, prediction, view: VIEW },
    )
    state = next.state
    for (const event of next.events.map(monitorEvent)) {
      if (event.type === 'alert') {
        episodes.alert(
          event,
          (prediction?.folds ?? []).map((fold) => [...fold]),
        )
      }
      if (event.type === 'cleared') episodes.cleared(event)
    }
    spans.add(sampleOfState(tMs, state))
    states.push(STATES.indexOf(state.driver))
  }
  return {
    events: episodes.take().map(withoutOrdinal),
    spans: spans.take().map(withoutOrdinal),
    states,
  }
}

/**
 * @template {{ ordinal?: number }} T
 * @param {T} stored
 * @returns {Omit<T, 'ordinal'>}
 */
function withoutOrdinal(stored) {
  const copy = { ...stored }
  delete copy.ordinal
  return copy
}

/**
 * What a preset makes of a drive of this length.
 * @param {Preset} preset
 * @param {number} durationMs
 * @returns {WhatIf & { states: readonly number[] }}
 */
export function judge(preset, durationMs) {
  const { events, spans, states } = judged(preset)
  const starts = Array.from({ length: Math.ceil(durationMs / PERIOD_MS) }, (_, i) => i * PERIOD_MS)
  return {
    preset: preset.id,
    states,
    events: starts.filter(isEventful).flatMap((start) =>
      events
        .map((event) => ({
          ...event,
          sinceMs: event.sinceMs + start,
          tMs: event.tMs + start,
          ...(event.clearedMs === undefined ? {} : { clearedMs: event.clearedMs + start }),
          steps: event.steps.map((each) => ({ ...each, tMs: each.tMs + start })),
        }))
        .filter(({ tMs }) => tMs < durationMs),
    ),
    spans: starts.flatMap((start) =>
      (isEventful(start) ? spans : QUIET)
        .map((span) => ({
          ...span,
          fromMs: span.fromMs + start,
          toMs: Math.min(
            durationMs,
            span.toMs + start + (span === spans.at(-1) || span === QUIET[0] ? FRAME_MS : 0),
          ),
        }))
        .filter(({ fromMs }) => fromMs < durationMs),
    ),
  }
}

/**
 * @param {DriveSummary} base
 * @param {Preset} preset
 * @returns {Drive}
 */
export function driveOf(base, preset) {
  const { events, spans } = judge(preset, base.durationMs)
  const clips = base.pictures !== 'none'
  const reviewed = /** @type {const} */ (['needs-review', 'coached', 'needs-review', 'dismissed'])
  const all = events.map((event, index) => ({
    ...event,
    id: base.id * 10_000 + index,
    drive: base.id,
    ...(clips
      ? { clip: { fromMs: Math.max(0, event.sinceMs - 5000), toMs: event.tMs + 5000 } }
      : {}),
    review: { state: reviewed[index % 4] ?? 'needs-review', note: '' },
  }))
  const count = (/** @type {string} */ level) => all.filter((event) => event.level === level).length
  const worst = all.toSorted((a, b) => rank(b.level) - rank(a.level))[0]?.level
  return {
    summary: {
      ...base,
      ...(worst === undefined ? {} : { worst }),
      alerts: { caution: count('caution'), warning: count('warning'), critical: count('critical') },
      unreviewed: all.filter(({ review }) => review.state === 'needs-review').length,
    },
    preset,
    folds: FOLDS.map((number) => `fold-${number}`),
    provider: 'cpu',
    programVersion: '0.1.0',
    foldHashes: FOLDS.map((number) => number.toString(16).repeat(64)),
    sourceHash: 'ab'.repeat(32),
    spans,
    events: all,
    problems: [],
  }
}

/**
 * @param {readonly number[]} states of one period
 * @param {number} durationMs
 * @param {{ fromMs: number, toMs: number, buckets: number }} query
 * @returns {PredictionTable}
 */
export function tableOf(states, durationMs, { fromMs, toMs, buckets }) {
  const first = Math.ceil(Math.max(0, fromMs) / FRAME_MS)
  const last = Math.floor(Math.min(durationMs, toMs) / FRAME_MS)
  const frames = Math.max(0, last - first)
  const rows = buckets === 0 ? frames : Math.min(buckets, frames)
  const width = frames / Math.max(1, rows)
  const tMs = new Float64Array(rows)
  const endMs = new Float64Array(rows)
  const probabilities = CLASSES.map(() => new Float32Array(rows))
  const unsafe = new Float32Array(rows)
  const apart = new Float32Array(rows)
  const doubt = new Float32Array(rows)
  const state = new Uint8Array(rows)
  for (let row = 0; row < rows; row += 1) {
    const at = (first + Math.floor(row * width)) * FRAME_MS
    tMs[row] = at
    endMs[row] = buckets === 0 ? at : at + Math.floor(width - 1) * FRAME_MS
    const prediction = predictionAt(at)
    probabilities.forEach((column, id) => (column[row] = prediction?.probabilities[id] ?? 0))
    unsafe[row] = 1 - (prediction?.probabilities[0] ?? 1)
    apart[row] = prediction?.disagreement ?? 0
    doubt[row] = prediction?.entropy ?? 0
    state[row] = isEventful(at) ? (states[(at % PERIOD_MS) / FRAME_MS] ?? 3) : 0
  }
  return {
    kind: buckets === 0 ? 'frames' : 'buckets',
    tMs,
    toMs: endMs,
    probabilities,
    unsafe,
    disagreement: apart,
    entropy: doubt,
    state,
  }
}
