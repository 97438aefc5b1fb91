import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import {
  analysisListSchema,
  driveListSchema,
  driveSchema,
  heatMapSchema,
  reviewSchema,
  storageSchema,
  whatIfSchema,
  type AnalysisList,
} from '../../../electron/contract/drives.ts'
import { unpackPredictions } from '../../../electron/contract/predictionTable.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { CONTROL_HEADER } from '../../../electron/contract/web.ts'
import { router, type ApiHandler } from '../../../electron/app/screens/api/router.ts'
import type { DriveData } from '../../../electron/app/screens/driveData.ts'
import { ensureBuilt } from '../../support/build.ts'
import { TINY_ENSEMBLE } from '../../support/cli.ts'
import { pictureVideo } from '../../support/pictures.ts'
import { openDriveData } from '../../support/driveData.ts'

const KEY = 'the screen in control'
const repeat = (id: ClassId, count: number) => Array.from({ length: count }, () => id)

let directory: string
let recording: string
let data: DriveData
let api: ApiHandler

beforeAll(async () => {
  await ensureBuilt()
  directory = mkdtempSync(path.join(tmpdir(), 'roadward-data-'))
  // 25 frames a second: two of safe driving, six of the phone.
  recording = await pictureVideo([...repeat('c0', 50), ...repeat('c1', 150)])
  data = openDriveData(directory, {
    knowsEnsemble: (folder) => Promise.resolve(folder === TINY_ENSEMBLE),
  })
  api = router(data.routes, {
    locked: () => false,
    mayControl: (key) => key === KEY,
    onFailure: (thrown) => {
      throw thrown
    },
  })
}, 60_000)

afterAll(async () => {
  await data[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true })
})

const get = (path: string): Promise<Response> => api(new Request(`http://roadward${path}`))
const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  api(
    new Request(`http://roadward${path}`, {
      method,
      headers: { [CONTROL_HEADER]: KEY },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )

async function read<T>(answer: Promise<Response>, schema: z.ZodType<T>): Promise<T> {
  const response = await answer
  expect(response.status).toBe(200)
  return schema.parse(await response.json())
}

async function problemOf(answer: Promise<Response>): Promise<unknown> {
  const response = await answer
  const { problem } = (await response.json()) as { problem: { code: string } }
  return [response.status, problem.code]
}

const request = (uri: string) => ({ uri, ensembleDirectory: TINY_ENSEMBLE, preset: ROADWARD })

/** Asks until the state of every analysis is one of these. */
async function analysed(states: readonly string[]): Promise<AnalysisList['analyses']> {
  for (;;) {
    const { analyses } = await read(get('/api/analyses'), analysisListSchema)
    if (analyses.every(({ state }) => states.includes(state))) return analyses
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

describe('the data API', () => {
  it('has no drives at first, and says where they would be', async () => {
    expect(await read(get('/api/drives'), driveListSchema)).toEqual({ drives: [], total: 0 })
    expect(await read(get('/api/storage'), storageSchema)).toMatchObject({ directory, drives: 0 })
  })

  it('analyses a recording, and the same one not again', async () => {
    await read(send('POST', '/api/analyses', request(recording)), analysisListSchema)
    expect(await analysed(['done'])).toMatchObject([{ state: 'done', drive: 1, progress: 1 }])
    await read(send('POST', '/api/analyses', request(recording)), analysisListSchema)
    expect(await analysed(['done', 'skipped'])).toMatchObject([{}, { state: 'skipped', drive: 1 }])
    await send('DELETE', '/api/analyses/1')
    expect(await analysed(['skipped'])).toHaveLength(1)
  })

  it('shows the drive, its predictions and what its own preset gives again', async () => {
    const drive = await read(get('/api/drives/1'), driveSchema)
    expect(drive.summary).toMatchObject({ frames: 200, worst: 'critical', unreviewed: 1 })
    const whatIf = await read(
      send('POST', '/api/drives/1/what-if', { preset: ROADWARD }),
      whatIfSchema,
    )
    expect(whatIf.spans).toEqual(drive.spans)
    expect(whatIf.events.map(({ tMs, level }) => [tMs, level])).toEqual(
      drive.events.map(({ tMs, level }) => [tMs, level]),
    )
    const frames = unpackPredictions(
      await (await get('/api/drives/1/predictions?buckets=0')).arrayBuffer(),
    )
    expect([frames.kind, frames.tMs.length]).toEqual(['frames', 200])
    const buckets = unpackPredictions(
      await (await get('/api/drives/1/predictions?fromMs=1000&toMs=5000&buckets=8')).arrayBuffer(),
    )
    expect([buckets.kind, buckets.tMs.length]).toEqual(['buckets', 8])
    expect(buckets.unsafe[7]).toBeGreaterThan((buckets.unsafe[0] ?? 1) + 0.3)
  })

  it('gives the picture of any moment, in any order', async () => {
    const time = async (tMs: number): Promise<number> => {
      const response = await get(`/api/drives/1/picture?tMs=${tMs}&width=80`)
      expect(response.headers.get('content-type')).toBe('image/jpeg')
      const bytes = new Uint8Array(await response.arrayBuffer())
      expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8])
      return Number(response.headers.get('x-roadward-t-ms'))
    }
    for (const tMs of [0, 4000, 4039, 4040, 40, 7960, 2000]) {
      expect(await time(tMs)).toBeCloseTo(Math.floor(tMs / 40) * 40)
    }
    expect(await problemOf(get('/api/drives/1/picture?tMs=60000'))).toEqual([404, 'no-picture'])
  })

  it('says where the networks looked only while it has those networks', async () => {
    // The tiny ensemble of the tests is not among those that ship.
    expect(await problemOf(get('/api/drives/1/heatmap?tMs=4000&class=c1'))).toEqual([
      404,
      'ensemble-not-found',
    ])
    const map = { tMs: 4000, class: 'c1' as const, columns: 1, rows: 1, falls: [0], probability: 1 }
    await data.archive.call('keepHeatMap', { drive: 1, map })
    expect(await read(get('/api/drives/1/heatmap?tMs=4000&class=c1'), heatMapSchema)).toEqual(map)
  })

  it('takes reviews and labels from the screen in control only', async () => {
    const review = { state: 'dismissed', note: 'the phone was mounted' }
    const answer = await read(send('POST', '/api/events/1/review', review), reviewSchema)
    expect(answer).toMatchObject(review)
    await send('POST', '/api/drives/1/labels', { driver: 'Ann' })
    const { drives } = await read(get('/api/drives?text=ann'), driveListSchema)
    expect(drives).toMatchObject([{ id: 1, unreviewed: 0, labels: { driver: 'Ann' } }])
    const looking = new Request('http://roadward/api/drives/1', { method: 'DELETE' })
    expect(await problemOf(api(looking))).toEqual([403, 'only-looking'])
  })

  it('leaves the machine to the monitor while a driver is watched', async () => {
    const source = { uri: '0', kind: 'camera' as const, live: true }
    const ensemble = { id: 'tiny', version: '1.0.0', folds: [] }
    data.event({
      type: 'opened',
      source,
      ensemble,
      provider: 'cpu',
      preset: ROADWARD.id,
      slowestFrameMs: 1,
    })
    expect(await problemOf(send('POST', '/api/analyses', request(recording)))).toEqual([
      409,
      'live-drive-running',
    ])
    data.event({ type: 'ended', reason: 'stopped', dropped: 0, peakMemoryMb: 0 })
  })

  it('refuses networks that the shell did not find, and recordings that are not there', async () => {
    const foreign = { ...request(recording), ensembleDirectory: directory }
    expect(await problemOf(send('POST', '/api/analyses', foreign))).toEqual([
      404,
      'ensemble-not-found',
    ])
    expect(await problemOf(send('POST', '/api/analyses', request('/no/such.mp4')))).toEqual([
      404,
      'source-not-found',
    ])
  })

  it('forgets a drive that is removed, and says so', async () => {
    await send('DELETE', '/api/drives/1')
    expect(await problemOf(get('/api/drives/1'))).toEqual([404, 'not-found'])
    const { purges } = await read(get('/api/storage'), storageSchema)
    expect(purges).toMatchObject([{ why: 'removed by hand' }])
  })
})
