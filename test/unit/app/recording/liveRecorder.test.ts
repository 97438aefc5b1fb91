import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { EngineEvent, EngineEventOf } from '../../../../electron/contract/events.ts'
import type { DriveRequest } from '../../../../electron/contract/monitorApi.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { LiveRecorder } from '../../../../electron/app/recording/liveRecorder.ts'
import { sure, tellDrive } from '../../archive/driveLog.ts'
import { FakeArchive } from './fakeArchive.ts'

const TINY = fileURLToPath(new URL('../../../fixtures/ensembles/tiny', import.meta.url))

const REQUEST: DriveRequest = {
  source: { uri: 'rtsp://fleet:secret@cam.local/cabin', options: {} },
  ensemble: { directory: TINY, allowBroken: false },
  preset: ROADWARD,
  speed: 'realtime',
}

const opened = (live: boolean): EngineEventOf<'opened'> => ({
  type: 'opened',
  source: { uri: REQUEST.source.uri, kind: live ? 'stream' : 'video', live },
  ensemble: { id: 'tiny', version: '1.0.0', folds: ['fold-1'] },
  provider: 'cpu',
  preset: ROADWARD.id,
  slowestFrameMs: 1,
})

const STARTED_AT = 1000
const TEXTING = [...sure('c0', 20), ...sure('c1', 25), ...sure('c0', 55)]

class Cab {
  readonly archive = new FakeArchive()
  readonly notices: string[] = []
  readonly asked: number[] = []
  pictures: 'off' | 'clips' | 'drive' = 'off'
  readonly recorder = new LiveRecorder({
    archive: this.archive,
    settings: () => ({ recording: { pictures: this.pictures }, labels: { driver: 'Ann' } }),
    tell: ({ code }) => this.notices.push(code),
    askForPictures: (perSecond) => this.asked.push(perSecond),
    now: () => STARTED_AT,
  })

  begin(live = true): void {
    this.recorder.starting(REQUEST)
    this.recorder.event(opened(live))
  }

  /** A tenth of a second for each message, with a picture. */
  async drive(messages: readonly EngineEvent[][]): Promise<void> {
    for (const message of messages) {
      for (const event of message) {
        if (event.type !== 'hello' && event.type !== 'heartbeat' && event.type !== 'busy') {
          this.recorder.event(event)
        }
      }
      const frame = message.find((event) => event.type === 'prediction')
      if (frame !== undefined) {
        const { seq, tMs } = frame
        const jpeg = new Uint8Array(8)
        this.recorder.event({ type: 'picture', seq, tMs, width: 1, height: 1, jpeg })
      }
      await vi.advanceTimersByTimeAsync(100)
    }
  }

  async end(): Promise<void> {
    this.recorder.event({ type: 'ended', reason: 'stopped', dropped: 0, peakMemoryMb: 1 })
    await this.recorder[Symbol.asyncDispose]()
  }
}

let cab: Cab
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'setTimeout', 'clearTimeout'] })
  cab = new Cab()
})
afterEach(() => {
  vi.useRealTimers()
})

/** The manifest is read from the disk, which no fake clock moves. */
async function written(): Promise<void> {
  await vi.waitUntil(() => cab.archive.batches.length > 0)
}

describe('a live drive', () => {
  it('is recorded with its event, and without the password of its stream', async () => {
    cab.begin()
    await cab.drive(await tellDrive(TEXTING))
    await written()
    await cab.end()
    const { archive } = cab
    expect(archive.headers).toHaveLength(1)
    expect(JSON.stringify(archive.headers)).not.toContain('secret')
    expect(archive.headers[0]).toMatchObject({ startedAt: STARTED_AT, labels: { driver: 'Ann' } })
    expect(archive.batches.at(-1)?.frames).toBe(TEXTING.length)
    expect(archive.batches.flatMap(({ events }) => events).at(-1)?.clearedMs).toBeGreaterThan(0)
    expect(archive.finished).toEqual(['1 complete'])
    expect(archive.pictures).toEqual([])
    expect(cab.asked).not.toContain(10)
    expect(cab.notices).toEqual([])
  })

  it('keeps pictures around the event when the owner said so', async () => {
    cab.pictures = 'clips'
    cab.begin()
    await cab.drive(await tellDrive(TEXTING))
    await written()
    await cab.end()
    const times = cab.archive.pictures.flatMap(({ pictures }) => pictures.map(({ tMs }) => tMs))
    const first = cab.archive.batches.flatMap(({ events }) => events)[0]
    expect(times.length).toBeGreaterThan(0)
    expect(Math.min(...times)).toBeGreaterThanOrEqual((first?.tMs ?? 0) - 5000)
    expect(cab.asked).toEqual([10, 0])
  })

  it('stops keeping pictures at once when they are switched off', async () => {
    cab.pictures = 'drive'
    cab.begin()
    await cab.drive(await tellDrive(sure('c0', 20)))
    await written()
    cab.pictures = 'off'
    cab.recorder.settingsChanged()
    await vi.advanceTimersByTimeAsync(2000)
    const before = cab.archive.pictures.length
    await cab.drive(await tellDrive(sure('c0', 20)))
    await cab.end()
    expect(before).toBeGreaterThan(0)
    expect(cab.archive.pictures).toHaveLength(before)
  })

  it('goes on without pictures when there is no space for them, and says so once', async () => {
    cab.pictures = 'drive'
    cab.archive.picturesFull = true
    cab.begin()
    await cab.drive(await tellDrive(TEXTING))
    await written()
    await cab.end()
    expect(cab.notices).toEqual(['pictures-stopped'])
    expect(cab.archive.batches.at(-1)?.frames).toBe(TEXTING.length)
    expect(cab.archive.finished).toEqual(['1 complete'])
  })

  it('is monitored when nothing can be written at all, which is told and ends', async () => {
    cab.archive.full = true
    cab.begin()
    await cab.drive(await tellDrive(TEXTING))
    await vi.waitUntil(() => cab.notices.length > 0)
    expect(cab.notices).toEqual(['recording-stopped'])
    expect(cab.recorder.problem?.tip).toContain('space')
    cab.archive.full = false
    await vi.advanceTimersByTimeAsync(5000)
    await written()
    expect(cab.notices).toEqual(['recording-stopped', 'recording-restored'])
    expect(cab.recorder.problem).toBeUndefined()
    expect(cab.archive.batches.at(-1)?.frames).toBe(TEXTING.length)
  })
})

describe('a recording that is played', () => {
  it('is not recorded again', async () => {
    cab.begin(false)
    await cab.drive(await tellDrive(TEXTING))
    await cab.end()
    expect(cab.archive.headers).toEqual([])
  })
})
