/* global Response */
/** The routes of recorded drives over drives that were made up: for tests of the screen alone. */

import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { wirePresetSchema } from '../../../dist/contract/commands.js'
import {
  analysisRequestSchema,
  driveLabelsSchema,
  reviewSchema,
} from '../../../dist/contract/drives.js'
import { packPredictions } from '../../../dist/contract/predictionTable.js'
import { rank } from '../../../dist/core/monitor/level.js'
import { ROADWARD } from '../../../dist/core/monitor/presets/roadward.js'
import { bodyOf, json, notFound } from '../../../dist/app/screens/api/router.js'
import { driveOf, judge, tableOf } from './drives.mjs'

/** @typedef {import('../../../electron/contract/drives.ts').Drive} Drive */
/** @typedef {import('../../../electron/contract/drives.ts').DriveSummary} DriveSummary */
/** @typedef {import('../../../electron/contract/drives.ts').Analysis} Analysis */
/** @typedef {import('../../../electron/app/screens/api/router.ts').Route} Route */
/** @typedef {import('../../../electron/app/screens/api/router.ts').ApiCall} ApiCall */

const HOUR_MS = 3_600_000
const whatIfRequestSchema = z.object({ preset: wirePresetSchema })

/** The day of the story; tests must not depend on today. */
const NOON = new Date(2026, 10, 24, 12).getTime()

/** @type {readonly Partial<DriveSummary>[]} */
const FEW = [
  {
    source: source('cabin-shift-42.mp4'),
    durationMs: 12 * HOUR_MS,
    labels: { driver: 'A. Meyer', vehicle: 'Van 12' },
  },
  {
    source: source('/dev/video0', 'camera'),
    origin: 'live',
    pictures: 'clips',
    labels: { vehicle: 'Van 7' },
  },
  { source: source('drive.mp4'), ensemble: { id: 'demo', version: '1.0.0' } },
  { source: source('drive.mp4') },
  {
    source: source('/dev/video0', 'camera'),
    origin: 'live',
    status: 'interrupted',
    pictures: 'none',
  },
]

/** @param {string} uri @param {DriveSummary['source']['kind']} kind */
function source(uri, kind = 'video') {
  return { uri, kind, name: uri.startsWith('/dev') ? 'HD Pro Webcam C920' : uri }
}

export class FakeArchive {
  /** @type {DriveSummary[]} */
  #summaries
  /** @type {Map<number, Drive>} */
  #drives = new Map()
  /** @type {Analysis[]} */
  #analyses
  /** What was asked for, such as `POST /api/events/1/review`. @type {string[]} */
  calls = []
  /** While it is set, what changes something fails. */
  broken = false

  /**
   * @param {{ jpeg: Uint8Array, count?: number, analyses?: Analysis[] }} how count: drives in the list
   */
  constructor({ jpeg, count = FEW.length, analyses = [] }) {
    this.jpeg = jpeg
    this.#analyses = analyses
    this.#summaries = Array.from({ length: count }, (_, index) => summaryOf(index))
    // The list tells of alerts what the drive would; for the first few that is computed.
    this.#summaries = this.#summaries.map((each, index) =>
      index < FEW.length ? this.#drive(each.id, each).summary : each,
    )
  }

  /** @returns {Route[]} */
  routes() {
    return [
      this.#get('/api/drives', ({ query }) => json(this.#list(query))),
      this.#get('/api/drives/:id', (call) => json(this.#drive(idOf(call)))),
      this.#get('/api/drives/:id/predictions', (call) => this.#predictions(call)),
      this.#get('/api/drives/:id/picture', (call) => this.#picture(call)),
      this.#get('/api/drives/:id/heatmap', ({ query }) => heatMap(query)),
      this.#get('/api/analyses', () => json({ analyses: this.#analyses })),
      this.#change('POST', '/api/analyses', async (call) => {
        const { uri } = await bodyOf(call, analysisRequestSchema)
        const analysis = {
          id: this.#analyses.length + 1,
          uri,
          state: /** @type {const} */ ('running'),
          progress: 0.1,
        }
        this.#analyses = [...this.#analyses, analysis]
        return json({ analyses: [analysis] })
      }),
      this.#change('DELETE', '/api/analyses/:id', (call) => {
        this.#analyses = this.#analyses.filter(({ id }) => id !== idOf(call))
        return json({})
      }),
      this.#change('POST', '/api/drives/:id/what-if', async (call) => {
        const { preset } = await bodyOf(call, whatIfRequestSchema)
        const { durationMs } = this.#drive(idOf(call)).summary
        const { events, spans } = judge(preset, durationMs)
        return json({ preset: preset.id, events, spans })
      }),
      this.#change('POST', '/api/events/:id/review', async (call) => {
        const review = { ...(await bodyOf(call, reviewSchema)), changedAt: NOON }
        const drive = this.#drive(Math.floor(idOf(call) / 10_000))
        const events = drive.events.map((each) =>
          each.id === idOf(call) ? { ...each, review } : each,
        )
        this.#drives.set(drive.summary.id, { ...drive, events })
        return json(review)
      }),
      this.#change('POST', '/api/drives/:id/labels', async (call) => {
        const labels = await bodyOf(call, driveLabelsSchema)
        const drive = this.#drive(idOf(call))
        this.#drives.set(idOf(call), { ...drive, summary: { ...drive.summary, labels } })
        this.#summaries = this.#summaries.map((each) =>
          each.id === idOf(call) ? { ...each, labels } : each,
        )
        return json(labels)
      }),
      this.#change('DELETE', '/api/drives/:id', (call) => {
        this.#summaries = this.#summaries.filter(({ id }) => id !== idOf(call))
        return json({})
      }),
    ]
  }

  /** @param {string} path @param {Route['handle']} handle @returns {Route} */
  #get(path, handle) {
    return { method: 'GET', path, handle: (call) => this.#told(call, handle) }
  }

  /** @param {'POST' | 'DELETE'} method @param {string} path @param {Route['handle']} handle @returns {Route} */
  #change(method, path, handle) {
    return {
      method,
      path,
      handle: (call) => {
        if (this.broken) throw new Error('the disk is on fire')
        return this.#told(call, handle)
      },
    }
  }

  /** @param {ApiCall} call @param {Route['handle']} handle */
  #told(call, handle) {
    this.calls.push(`${call.request.method} ${new URL(call.request.url).pathname}`)
    return handle(call)
  }

  /** @param {number} id @param {DriveSummary} [summary] */
  #drive(id, summary = this.#summaries.find((each) => each.id === id)) {
    if (summary === undefined) throw notFound('drive')
    const drive = this.#drives.get(id) ?? driveOf(summary, ROADWARD)
    this.#drives.set(id, drive)
    return drive
  }

  /** @param {URLSearchParams} query */
  #list(query) {
    const text = query.get('text')?.toLowerCase() ?? ''
    const level = /** @type {DriveSummary['worst']} */ (query.get('level') ?? undefined)
    const found = this.#summaries.filter(
      ({ source: { name }, labels, worst, unreviewed, startedAt }) =>
        [name, ...Object.values(labels)].join(' ').toLowerCase().includes(text) &&
        rank(worst) >= rank(level) &&
        (query.get('unreviewed') === null || unreviewed > 0) &&
        startedAt >= Number(query.get('from') ?? 0) &&
        startedAt <= Number(query.get('to') ?? Infinity),
    )
    const offset = Number(query.get('offset') ?? 0)
    return {
      drives: found.slice(offset, offset + Number(query.get('limit') ?? 100)),
      total: found.length,
    }
  }

  /** @param {ApiCall} call */
  #predictions(call) {
    const { durationMs } = this.#drive(idOf(call)).summary
    const number = (/** @type {string} */ name, /** @type {number} */ other) =>
      Number(call.query.get(name) ?? other)
    const query = {
      fromMs: number('fromMs', 0),
      toMs: number('toMs', durationMs),
      buckets: number('buckets', 0),
    }
    const states = STATES_OF_PERIOD
    return new Response(new Uint8Array(packPredictions(tableOf(states, durationMs, query))))
  }

  /** @param {ApiCall} call */
  async #picture(call) {
    // As long as a jump within a recording takes: a hand is faster.
    await sleep(40)
    const { pictures } = this.#drive(idOf(call)).summary
    if (pictures === 'none') {
      const problem = { severity: 'error', code: 'no-picture', message: 'No picture was kept.' }
      return json({ problem }, 404)
    }
    return new Response(new Uint8Array(this.jpeg), { headers: { 'content-type': 'image/jpeg' } })
  }
}

const STATES_OF_PERIOD = judge(ROADWARD, 1).states

/** @param {ApiCall} call */
function idOf({ params }) {
  return Number(params['id'])
}

/** @param {URLSearchParams} query */
async function heatMap(query) {
  await sleep(150)
  const [columns, rows] = [16, 12]
  const falls = Array.from({ length: columns * rows }, (_, cell) => {
    const x = (cell % columns) - 8.5
    const y = Math.floor(cell / columns) - 7
    return 0.62 * Math.exp(-(x * x + y * y) / 9) - 0.02
  })
  return json({
    tMs: Number(query.get('tMs')),
    class: query.get('class'),
    columns,
    rows,
    falls,
    probability: 0.88,
  })
}

/** @param {number} index @returns {DriveSummary} */
function summaryOf(index) {
  const level = /** @type {const} */ (['critical', 'warning', 'caution', undefined])[index % 4]
  const few = FEW[index] ?? {}
  return {
    id: index + 1,
    startedAt: NOON - index * 7.3 * HOUR_MS,
    origin: 'recording',
    status: 'complete',
    source: source(`shift-${String(index).padStart(4, '0')}.mp4`),
    labels: index % 3 === 0 ? { driver: `Driver ${index % 17}`, vehicle: `Van ${index % 9}` } : {},
    ensemble: { id: 'statefarm', version: '1.0.0' },
    preset: 'roadward',
    durationMs: 240_000 + ((index * 37) % 90) * 60_000 * (index < FEW.length ? 0 : 1),
    frames: 2400,
    ...(level === undefined ? {} : { worst: level }),
    alerts: {
      caution: level === undefined ? 0 : index % 5,
      warning: level === 'critical' || level === 'warning' ? 1 + (index % 3) : 0,
      critical: level === 'critical' ? 1 : 0,
    },
    unreviewed: level === undefined ? 0 : index % 4,
    pictures: 'recording',
    ...few,
  }
}
