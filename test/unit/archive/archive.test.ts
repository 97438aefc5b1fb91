import { chmodSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ArchiveFolder, everything, headerOf, NOW, record } from './archiveFolder.ts'
import { logOf, STEP_MS, sure, tellDrive } from './driveLog.ts'

const DAY_MS = 86_400_000

let folder: ArchiveFolder
beforeEach(() => {
  folder = new ArchiveFolder()
})
afterEach(() => {
  folder[Symbol.dispose]()
})

/** A driver who texts for two and a half seconds, and looks up again. */
const TEXTING = [...sure('c0', 20), ...sure('c1', 25), ...sure('c0', 55)]

describe('a drive in the archive', () => {
  it('is there with its spans, its event and why it was raised', async () => {
    const { handlers } = folder.open()
    const messages = await tellDrive(TEXTING)
    const { drive } = await handlers.begin(headerOf({ labels: { driver: 'Ann' } }))
    const batch = logOf(messages).take()
    if (batch === undefined) throw new Error('nothing was logged')
    await handlers.append({ ...batch, drive, number: 0 })
    await handlers.finish({ drive, status: 'complete' })

    const got = await handlers.get({ drive })
    expect(got.summary).toMatchObject({
      status: 'complete',
      labels: { driver: 'Ann' },
      frames: TEXTING.length,
      durationMs: (TEXTING.length - 1) * STEP_MS,
      worst: 'warning',
      alerts: { caution: 0, warning: 1, critical: 0 },
      unreviewed: 1,
    })
    const alerts = messages.flat().filter((event) => event.type === 'alert')
    expect(got.events).toHaveLength(1)
    expect(got.events[0]?.steps.map(({ explanation }) => explanation)).toEqual(
      alerts.map(({ explanation }) => explanation),
    )
    expect(got.events[0]?.steps[0]?.folds).toHaveLength(2)
    expect(got.events[0]?.clearedMs).toBeGreaterThan(4500)
    expect(got.spans.map(({ state }) => state).slice(0, 2)).toEqual(['safe', 'unsafe'])
    got.spans.forEach((span, index) => {
      expect(span.fromMs).toBe(index === 0 ? 0 : got.spans[index - 1]?.toMs)
    })
  })

  it('takes the same batch twice without having it twice', async () => {
    const { handlers } = folder.open()
    const { drive } = await handlers.begin(headerOf())
    const batch = logOf(await tellDrive(TEXTING)).take()
    if (batch === undefined) throw new Error('nothing was logged')
    await handlers.append({ ...batch, drive, number: 0 })
    const once = await handlers.predictions({ drive, buckets: 0 })
    await handlers.append({ ...batch, drive, number: 0 })
    expect(await handlers.predictions({ drive, buckets: 0 })).toEqual(once)
  })

  it('keeps what a reviewer makes of its event', async () => {
    const archive = folder.open()
    const drive = await record(archive, logOf(await tellDrive(TEXTING)))
    const [event] = (await archive.handlers.get({ drive })).events
    await archive.handlers.review({ event: event?.id ?? 0, state: 'coached', note: 'told her' })
    const { events, summary } = await archive.handlers.get({ drive })
    expect(events[0]?.review).toEqual({ state: 'coached', note: 'told her', changedAt: NOW })
    expect(summary.unreviewed).toBe(0)
  })

  it('is found by labels, date, level and what waits for a review', async () => {
    const archive = folder.open()
    const { handlers } = archive
    const quiet = headerOf({ labels: { driver: '100 % Bob' }, startedAt: NOW - DAY_MS })
    await record(archive, logOf(await tellDrive(sure('c0', 10))), quiet)
    await record(archive, logOf(await tellDrive(TEXTING)), headerOf({ labels: { vehicle: 'Van' } }))
    const ids = async (query: object) => {
      const { drives, total } = await handlers.list({ ...everything, ...query })
      expect(total).toBe(drives.length)
      return drives.map(({ id }) => id)
    }
    expect(await ids({})).toEqual([2, 1])
    expect(await ids({ text: 'van' })).toEqual([2])
    expect(await ids({ text: '0 % b' })).toEqual([1])
    expect(await ids({ text: '_' })).toEqual([])
    expect(await ids({ to: NOW })).toEqual([1])
    expect(await ids({ from: NOW })).toEqual([2])
    expect(await ids({ level: 'caution' })).toEqual([2])
    expect(await ids({ level: 'critical' })).toEqual([])
    expect(await ids({ unreviewed: 'yes' })).toEqual([2])
  })
})

describe('a search', () => {
  it('finds letters of every script in either case, composed or not', async () => {
    const archive = folder.open()
    const drivers = ['Jürgen Ärmel', 'Andre\u0301', 'Сергей Ильин', '李伟']
    for (const driver of drivers) {
      await record(
        archive,
        logOf(await tellDrive(sure('c0', 10))),
        headerOf({ labels: { driver } }),
      )
    }
    const found = async (text: string) => {
      const { drives } = await archive.handlers.list({ ...everything, text })
      return drives.map(({ labels }) => labels.driver)
    }
    expect(await found('ärmel')).toEqual([drivers[0]])
    expect(await found('JÜRGEN')).toEqual([drivers[0]])
    expect(await found('ANDRÉ')).toEqual([drivers[1]])
    expect(await found('сергей')).toEqual([drivers[2]])
    expect(await found('李')).toEqual([drivers[3]])
    expect(await found('é_')).toEqual([])
  })
})

describe('a drive that was being recorded', () => {
  it('is marked interrupted when its process is gone', async () => {
    const before = folder.open()
    const { drive } = await before.handlers.begin(headerOf())
    folder.close(before)
    const { summary } = await folder.open().handlers.get({ drive })
    expect(summary.status).toBe('interrupted')
  })

  it('is left alone by a second process in the same folder', async () => {
    const recorder = folder.open()
    const { drive } = await recorder.handlers.begin(headerOf())
    const other = folder.open()
    expect((await other.handlers.get({ drive })).summary.status).toBe('recording')
    await expect(async () => other.handlers.remove({ drive })).rejects.toThrow('being recorded')
    folder.close(recorder)
    expect((await other.handlers.list(everything)).drives[0]?.status).toBe('interrupted')
  })
})

describe('the space that drives take', () => {
  it('is given back by the oldest first, and it says so', async () => {
    const archive = folder.open()
    const old = headerOf({ startedAt: NOW - 3 * DAY_MS, pictures: 'drive' })
    const first = await record(archive, logOf(await tellDrive(TEXTING)), old)
    const second = await record(archive, logOf(await tellDrive(TEXTING)))
    const pictures = [{ tMs: 0, jpeg: new Uint8Array(2000) }]
    await archive.handlers.keepPictures({ drive: first, pictures, last: true })
    await archive.handlers.retain({ days: 2 })
    expect((await archive.handlers.list(everything)).drives.map(({ id }) => id)).toEqual([second])
    expect(existsSync(join(folder.directory, 'clips', `${first}`))).toBe(false)
    await archive.handlers.retain({ bytes: 1 })
    const { drives, purges, pictureBytes } = await archive.handlers.storage({})
    expect(drives).toBe(0)
    expect(pictureBytes).toBe(0)
    expect(purges.map(({ why }) => why)).toEqual([
      'all drives together took more than 0.0 GB',
      'older than 2 days',
    ])
  })

  it('is not given back by a clock that is wrong for one start', async () => {
    await record(folder.open(), logOf(await tellDrive(TEXTING)))
    for (const wrong of [0, Date.UTC(2038, 0, 19), NOW + 365 * DAY_MS, NOW - 400 * DAY_MS]) {
      folder.now = wrong
      const archive = folder.open()
      const { problem } = await archive.handlers.retain({ days: 30 })
      expect(problem).toMatchObject({ code: 'clock-implausible' })
      expect((await archive.handlers.storage({})).drives).toBe(1)
      folder.close(archive)
      folder.now = NOW
    }
    const right = folder.open()
    expect(await right.handlers.retain({ days: 30 })).toEqual({ problem: undefined })
    expect((await right.handlers.storage({})).drives).toBe(1)
  })

  it('is given back after a long rest, when the clock has proved right', async () => {
    await record(folder.open(), logOf(await tellDrive(TEXTING)))
    const drivesAfter = async (now: number): Promise<number> => {
      folder.now = now
      const archive = folder.open()
      await archive.handlers.retain({ days: 30 })
      const { drives } = await archive.handlers.storage({})
      folder.close(archive)
      return drives
    }
    const after = NOW + 90 * DAY_MS
    expect(await drivesAfter(after)).toBe(1)
    expect(await drivesAfter(after + DAY_MS)).toBe(1)
    expect(await drivesAfter(after + 2 * DAY_MS)).toBe(0)
  })

  it('is not given back by a clock that shows the same time at each start', async () => {
    await record(folder.open(), logOf(await tellDrive(TEXTING)))
    folder.now = Date.UTC(2038, 0, 19)
    for (let start = 0; start < 6; start += 1) {
      const archive = folder.open()
      await archive.handlers.retain({ days: 30 })
      expect((await archive.handlers.storage({})).drives).toBe(1)
      folder.close(archive)
    }
  })

  it('is not taken from drives that were recorded before the clock was set', async () => {
    const archive = folder.open()
    await record(archive, logOf(await tellDrive(TEXTING)), headerOf({ startedAt: 3_600_000 }))
    await archive.handlers.retain({ days: 30 })
    expect((await archive.handlers.storage({})).drives).toBe(1)
  })

  it('keeps pictures that a new archive does not know, and says where', async () => {
    const old = folder.open()
    const drive = await record(
      old,
      logOf(await tellDrive(TEXTING)),
      headerOf({ pictures: 'drive' }),
    )
    const pictures = [{ tMs: 0, jpeg: new Uint8Array(2000) }]
    await old.handlers.keepPictures({ drive, pictures, last: true })
    folder.close(old)
    for (const ending of ['', '-wal', '-shm']) {
      rmSync(join(folder.directory, `archive.sqlite${ending}`), { force: true })
    }
    const { problem } = await folder.open().handlers.retain({ days: 30 })
    expect(problem).toMatchObject({ code: 'clips-aside' })
    const aside = readdirSync(folder.directory).find((name) => name.startsWith('clips-unknown-'))
    expect(readdirSync(join(folder.directory, aside ?? '', `${drive}`))).toHaveLength(1)
  })

  it('is not taken by the drive that is being recorded', async () => {
    const { handlers } = folder.open()
    const { drive } = await handlers.begin(headerOf({ startedAt: NOW - 9 * DAY_MS }))
    await handlers.retain({ days: 1, bytes: 1 })
    expect((await handlers.get({ drive })).summary.status).toBe('recording')
  })
})

describe('what shows people', () => {
  it('is for its owner alone, also what an older version left open', async () => {
    const mode = (...parts: readonly string[]): number =>
      statSync(join(folder.directory, ...parts)).mode & 0o777
    const before = folder.open()
    const drive = await record(before, logOf(await tellDrive(TEXTING)))
    const keep = { drive, pictures: [{ tMs: 0, jpeg: new Uint8Array(20) }], last: true }
    await before.handlers.keepPictures(keep)
    folder.close(before)
    const [file = ''] = readdirSync(join(folder.directory, 'clips', `${drive}`))
    chmodSync(join(folder.directory, 'archive.sqlite'), 0o644)
    chmodSync(join(folder.directory, 'clips'), 0o755)
    chmodSync(join(folder.directory, 'clips', `${drive}`), 0o755)
    chmodSync(join(folder.directory, 'clips', `${drive}`, file), 0o644)
    folder.open()
    expect([mode('archive.sqlite'), mode('clips'), mode('clips', `${drive}`)]).toEqual([
      0o600, 0o700, 0o700,
    ])
    expect(mode('clips', `${drive}`, file)).toBe(0o600)
  })
})
