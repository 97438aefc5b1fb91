/** A drive made up event by event, which puts the screen into any of its states at once. */

const CLASSES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9']

/** @typedef {import('../../../electron/contract/monitorApi.ts').MonitorEvent} MonitorEvent */
/** @typedef {import('../../../electron/contract/events.ts').EngineEventOf<'prediction'>} Prediction */
/** @typedef {import('../../../electron/core/labels.ts').ClassId} ClassId */
/** @typedef {import('../../../electron/core/monitor/level.ts').Level} Level */

/**
 * @typedef {object} Moment
 * @property {number} tMs
 * @property {ClassId} top
 * @property {number} share of the top class
 * @property {number} [spread] of the folds
 * @property {Partial<Prediction['status']>} [status]
 */

/**
 * @param {Moment} moment
 * @returns {Prediction}
 */
export function prediction({ tMs, top, share, spread = 0.04, status = {} }) {
  const rest = (1 - share) / 9
  const weights = [0.6, 2.2, 0.9, 0.4, 1.3, 0.7, 1.5, 0.3, 0.8, 0.5]
  const sum = weights.reduce((a, b) => a + b) - (weights[CLASSES.indexOf(top)] ?? 0)
  const probabilities = CLASSES.map((id, i) =>
    id === top ? share : ((weights[i] ?? 0) * rest * 9) / sum,
  )
  const folds = [-1, -0.4, 0.3, 1].map((k) =>
    probabilities.map((p) => Math.min(1, Math.max(0, p + k * spread * Math.sqrt(p)))),
  )
  const unsafe = 1 - (probabilities[0] ?? 0)
  return {
    type: 'prediction',
    seq: Math.round(tMs / 33.3),
    tMs,
    probabilities,
    top,
    folds,
    disagreement: spread,
    entropy: 0.2,
    status: {
      driver: unsafe > 0.6 ? 'unsafe' : 'safe',
      top,
      unsafe,
      acknowledged: false,
      latched: false,
      lockedOut: false,
      dwellMs: 0,
      next: { level: 'caution', rule: 'unsafe-dwell', elapsedMs: 0, thresholdMs: 1500 },
      cumulative: { usedMs: 0, allowedMs: 10_000, windowMs: 30_000 },
      attentiveMs: 5000,
      clearMs: 2000,
      ...status,
    },
    latencyMs: { prepare: 3, infer: 17, combine: 0.2, total: 21 + 6 * Math.abs(Math.sin(tMs)) },
    dropped: 0,
    view: { meanLuma: 110, stdLuma: 55, saturated: 0 },
  }
}

/** @returns {MonitorEvent} */
export function opened(live = true) {
  return {
    type: 'opened',
    source: { uri: '/dev/video0', kind: live ? 'camera' : 'video', live, width: 640, height: 480 },
    ensemble: { id: 'statefarm', version: '1.0.0', folds: ['f1', 'f2', 'f3', 'f4'] },
    provider: 'cpu',
    preset: 'roadward',
    slowestFrameMs: 30,
  }
}

/**
 * How a recording of two minutes is being played.
 *
 * @param {Partial<import('../../../electron/contract/events.ts').EngineEventOf<'playback'>>} [how]
 * @returns {MonitorEvent}
 */
export function playback(how = {}) {
  return {
    type: 'playback',
    playing: true,
    rate: 1,
    tMs: 0,
    originMs: 0,
    durationMs: 120_000,
    seekable: true,
    atEnd: false,
    ...how,
  }
}

/**
 * @param {Level} level
 * @param {ClassId} id
 * @param {number} tMs
 * @param {number} sinceMs
 * @returns {MonitorEvent}
 */
export function alert(level, id, tMs, sinceMs) {
  const probabilities = CLASSES.map((name) => (name === id ? 1 : 0))
  return {
    type: 'alert',
    tMs,
    level,
    class: id,
    rule: 'unsafe-dwell',
    sinceMs,
    acknowledged: false,
    cabOnly: false,
    explanation: {
      preset: 'roadward',
      rule: 'unsafe-dwell',
      threshold: { value: 3000, unit: 'ms' },
      timers: { ruleMs: 3000, unsafeMs: 3000, classMs: 3000 },
      probabilities,
      smoothed: probabilities,
      unsafe: 0.95,
    },
  }
}

/**
 * The last minute: good driving, a drink, a doubt, a call that raised a warning.
 * @returns {MonitorEvent[]}
 */
function past() {
  /** @type {MonitorEvent[]} */
  const events = []
  /** @type {Level | undefined} */
  let level
  for (let tMs = 0; tMs < 62_000; tMs += 100) {
    const wave = 0.05 * Math.sin(tMs / 900) + 0.03 * Math.sin(tMs / 310)
    const drinks = tMs > 14_000 && tMs < 16_600
    const calls = tMs > 30_000 && tMs < 34_800
    const doubts = tMs > 46_000 && tMs < 48_800
    const top = drinks ? 'c6' : calls ? 'c4' : 'c0'
    if (tMs === 15_600) events.push(alert((level = 'caution'), 'c6', tMs, 14_000))
    if (tMs === 31_600) events.push(alert((level = 'warning'), 'c4', tMs, 30_000))
    if (tMs === 33_100) events.push(alert((level = 'critical'), 'c4', tMs, 30_000))
    if (tMs === 18_600 || tMs === 36_800) {
      events.push({
        type: 'cleared',
        tMs,
        sinceMs: 0,
        level: 'caution',
        class: 'c6',
        rule: 'x',
        acknowledged: false,
      })
      level = undefined
    }
    /** @type {Partial<Prediction['status']>} */
    const status = doubts ? { driver: 'unsure' } : {}
    if (level !== undefined) status.level = level
    events.push(prediction({ tMs, top, share: (doubts ? 0.52 : 0.9) + wave, status }))
  }
  return events
}

/** @param {Level} level @param {number} elapsedMs @param {number} thresholdMs */
const next = (level, elapsedMs, thresholdMs) => ({
  level,
  rule: 'unsafe-dwell',
  elapsedMs,
  thresholdMs,
})

const cumulative = { usedMs: 4300, allowedMs: 10_000, windowMs: 30_000 }

/**
 * Each state of the screen by name: the events that lead to it.
 * @type {Readonly<Record<string, () => MonitorEvent[]>>}
 */
export const STATES = {
  starting: () => [],
  safe: () => [opened(), ...past(), prediction({ tMs: 62_000, top: 'c0', share: 0.94 })],
  texting: () => [
    opened(),
    ...past(),
    ...[0, 400, 800, 1100].map((ms) =>
      prediction({
        tMs: 62_000 + ms,
        top: 'c1',
        share: 0.81,
        spread: 0.1,
        status: { dwellMs: ms, next: next('warning', ms, 1500), cumulative },
      }),
    ),
  ],
  caution: () => [...unsafe('c6', 'caution', 2100, next('warning', 2100, 3000))],
  warning: () => [...unsafe('c1', 'warning', 2300, next('critical', 2300, 3000))],
  critical: () => [...unsafe('c1', 'critical', 7200, undefined)],
  acknowledged: () => [...unsafe('c1', 'critical', 8200, undefined, true)],
  clearing: () => [
    ...unsafe('c1', 'warning', 2600, undefined, true),
    prediction({
      tMs: 66_000,
      top: 'c0',
      share: 0.9,
      status: { level: 'warning', acknowledged: true, attentiveMs: 800, cumulative },
    }),
  ],
  unsure: () => [
    opened(),
    ...past(),
    ...[0, 1500, 3000].map((ms) =>
      prediction({
        tMs: 62_000 + ms,
        top: 'c0',
        share: 0.42,
        spread: 0.4,
        status: { driver: 'unsure', cumulative },
      }),
    ),
  ],
  blind: () => [
    opened(),
    ...past(),
    { type: 'state', tMs: 62_100, state: 'blind', reason: 'covered' },
  ],
  covered: () => [
    ...unsafe('c1', 'critical', 7200, undefined),
    { type: 'state', tMs: 71_200, state: 'blind', reason: 'covered' },
  ],
  failed: () => [
    {
      type: 'failed',
      problem: {
        severity: 'error',
        code: 'source-not-found',
        message: 'There is no file or folder drive.mp4.',
        tip: 'Check the spelling; a camera is named by its number, such as 0.',
      },
    },
  ],
  playing: () => [
    opened(false),
    playback(),
    ...past(),
    prediction({ tMs: 62_000, top: 'c0', share: 0.94 }),
  ],
  alerting: () => [
    ...unsafe('c1', 'critical', 7200, undefined),
    opened(false),
    playback({ tMs: 69_200 }),
  ],
  paused: () => [
    ...unsafe('c1', 'warning', 2300, next('critical', 2300, 3000)),
    opened(false),
    playback({ playing: false, rate: 0.5, tMs: 64_300 }),
  ],
  end: () => [opened(false), ...past(), playback({ playing: false, tMs: 120_000, atEnd: true })],
  ended: () => [
    opened(false),
    ...past(),
    { type: 'ended', reason: 'end-of-source', dropped: 0, peakMemoryMb: 300 },
  ],
  notice: () => [
    opened(),
    ...past(),
    prediction({ tMs: 62_000, top: 'c0', share: 0.94 }),
    {
      type: 'notice',
      problem: {
        severity: 'warning',
        code: 'folds-shed',
        message: 'This machine is too slow for all folds: 2 of 4 are running.',
      },
    },
  ],
}

/**
 * @param {ClassId} id
 * @param {Level} level
 * @param {number} forMs
 * @param {Prediction['status']['next']} ahead
 * @returns {MonitorEvent[]}
 */
function unsafe(id, level, forMs, ahead, acknowledged = false) {
  const moments = [0, 0.25, 0.5, 0.75, 1].map((part) => {
    /** @type {Partial<Prediction['status']>} */
    const status = { dwellMs: part * forMs, cumulative, acknowledged }
    if (part === 1) Object.assign(status, { level, class: id, next: ahead })
    return prediction({ tMs: 62_000 + part * forMs, top: id, share: 0.87, spread: 0.07, status })
  })
  const last = moments.at(-1)
  const raised = alert(level, id, 62_000 + 0.8 * forMs, 62_000)
  return [opened(), ...past(), ...moments.slice(0, -1), raised, ...(last ? [last] : [])]
}
