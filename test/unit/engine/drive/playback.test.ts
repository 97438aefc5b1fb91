import { describe, expect, it } from 'vitest'
import { engineMessageSchema } from '../../../../electron/contract/events.ts'
import { Pace } from '../../../../electron/engine/drive/pace.ts'
import { frameBefore } from '../../../../electron/engine/drive/stepBack.ts'
import { frameItem, ScriptedSource, type Script } from './fakes.ts'
import { PERIOD_MS, Player } from './player.ts'

describe('a recording that is held', () => {
  it('stays open at its end, and plays again from its start', async () => {
    const player = new Player(5)
    const running = player.start()
    await player.until(player.atEnd)
    expect(player.playback).toMatchObject({ playing: false, tMs: 50, durationMs: 50 })
    await player.engine.handle({ type: 'play' })
    await player.until(() => player.seqs.length === 10 && player.atEnd())
    expect(player.seqs).toEqual([0, 1, 2, 3, 4, 0, 1, 2, 3, 4])
    await player.stop(running)
    expect(player.outbox.events.at(-1)).toMatchObject({ type: 'ended', reason: 'stopped' })
    expect(player.opened.map(({ closed }) => closed)).toEqual([true, true])
  })

  it('ends where nobody asked to hold it', async () => {
    const player = new Player(5)
    await player.start({ hold: false })
    expect(player.outbox.events.at(-1)).toMatchObject({ type: 'ended', reason: 'end-of-source' })
  })

  it('shows one frame more for each step, and nothing else while it is paused', async () => {
    const player = new Player(100)
    const running = player.start()
    await player.until(player.played(1))
    await player.engine.handle({ type: 'pause' })
    const paused = player.seqs.length
    await player.engine.handle({ type: 'step', frames: 1 })
    await player.engine.handle({ type: 'step', frames: 1 })
    await player.until(player.played(paused + 2))
    const last = player.playback
    expect(last).toMatchObject({ playing: false, tMs: (paused + 1) * PERIOD_MS })
    expect(player.seqs).toEqual(Array.from({ length: paused + 2 }, (_, n) => n))
    await player.stop(running)
    expect(player.seqs).toHaveLength(paused + 2)
  })

  it('is still in a drive while it stands at its last frame', async () => {
    let reached: () => void = () => undefined
    const nextIsAnnounced = new Promise<void>((resolve) => (reached = resolve))
    const script: Script = [
      { kind: 'drive', label: 'p1', originMs: 0 },
      frameItem(0, 0),
      frameItem(1, PERIOD_MS),
      () => player.engine.handle({ type: 'pause' }),
      { kind: 'drive', label: 'p2', originMs: 2 * PERIOD_MS },
      () => Promise.resolve().then(reached),
      frameItem(0, 0),
    ]
    const player = new Player(3, 'video', script)
    const running = player.start()
    const drives = () => player.outbox.of('drive').map(({ label }) => label)
    await nextIsAnnounced
    expect(drives()).toEqual(['p1'])
    expect(player.playback).toMatchObject({ tMs: PERIOD_MS, originMs: 0 })
    await player.engine.handle({ type: 'step', frames: 1 })
    await player.until(player.played(3))
    expect(drives()).toEqual(['p1', 'p2'])
    expect(player.playback).toMatchObject({ tMs: 2 * PERIOD_MS, originMs: 2 * PERIOD_MS })
    await player.stop(running)
  })

  it('shows the frame before, also several steps back at once', async () => {
    const player = new Player(100)
    const running = player.start()
    await player.until(player.played(10))
    await player.engine.handle({ type: 'pause' })
    const at = player.seqs.at(-1) ?? 0
    await player.engine.handle({ type: 'step', frames: -1 })
    await player.until(() => player.seqs.at(-1) === at - 1)
    await player.engine.handle({ type: 'step', frames: -1 })
    await player.engine.handle({ type: 'step', frames: -1 })
    await player.until(() => player.seqs.at(-1) === at - 3)
    expect(player.seqs.slice(-2)).toEqual([at - 1, at - 3])
    await player.stop(running)
  })

  it('goes where the newest of many seeks leads, showing frames on the way', async () => {
    const player = new Player(100)
    const running = player.start()
    await player.until(player.played(1))
    await player.engine.handle({ type: 'pause' })
    for (let tMs = 100; tMs <= 900; tMs += 10) await player.engine.handle({ type: 'seek', tMs })
    await player.until(() => player.seqs.at(-1) === 90)
    expect(player.opened.length).toBeLessThan(10)
    expect(player.playback).toMatchObject({ playing: false, tMs: 900 })
    await player.stop(running)
  })

  it.each([
    [500, 50],
    [99_999, 99],
  ])('goes to %s ms when that was asked for before it was open, paused', async (tMs, seq) => {
    const player = new Player(100)
    const running = player.start()
    await player.engine.handle({ type: 'pause' })
    await player.engine.handle({ type: 'seek', tMs })
    await player.until(player.played(1))
    expect(player.seqs).toEqual([seq])
    expect(player.playback).toMatchObject({ playing: false, tMs: seq * PERIOD_MS })
    await player.stop(running)
  })

  it('does not make anybody sit through a hole of half an hour', async () => {
    const afterHoleMs = 30 * 60_000
    const player = new Player(2, 'video', [frameItem(0, 0), frameItem(1, afterHoleMs)])
    const running = player.start()
    await player.until(player.played(2))
    expect(player.outbox.of('notice').map(({ problem }) => problem.code)).toContain(
      'recording-hole',
    )
    await player.stop(running)
  })

  it('begins the policy afresh with a seek, and says so', async () => {
    const player = new Player(400)
    const running = player.start()
    await player.until(() => player.outbox.of('alert').length > 0)
    await player.engine.handle({ type: 'seek', tMs: 1000 })
    await player.until(() => player.seqs.at(-1) === 100)
    const [jump] = player.outbox.of('jump')
    expect(jump).toEqual({ type: 'jump', tMs: 1000 })
    const { status } = player.outbox.of('prediction').at(-1) ?? {}
    expect(status).toMatchObject({ level: undefined, dwellMs: 0 })
    await player.stop(running)
  })

  it('shows its last frame when somebody drags it to the end', async () => {
    const player = new Player(20)
    const running = player.start()
    await player.until(player.atEnd)
    await player.engine.handle({ type: 'seek', tMs: 99_999 })
    await player.until(player.played(21))
    expect(player.seqs.at(-1)).toBe(19)
    await player.stop(running)
  })

  it.each([0.25, 8])('judges every frame at %s times its speed', async (rate) => {
    const player = new Player(40)
    const running = player.start()
    await player.engine.handle({ type: 'rate', rate })
    await player.until(player.atEnd)
    expect(player.seqs).toEqual(Array.from({ length: 40 }, (_, n) => n))
    expect(player.playback?.rate).toBe(rate)
    await player.stop(running)
  })

  it('is taken over paused, at the same place and speed, by the next engine', async () => {
    const first = new Player(100)
    const running = first.start()
    await first.until(first.played(7))
    await first.engine.handle({ type: 'rate', rate: 2 })
    await first.engine.handle({ type: 'pause' })
    const resume = first.outbox.of('snapshot').at(-1)?.snapshot
    const last = first.seqs.at(-1) ?? 0
    await first.stop(running)

    const second = new Player(100)
    const again = second.start({ resume })
    await second.until(() => second.playback !== undefined)
    expect(second.playback).toMatchObject({ playing: false, rate: 2, tMs: last * PERIOD_MS })
    await second.engine.handle({ type: 'step', frames: 1 })
    await second.until(second.played(1))
    expect(second.seqs).toEqual([last + 1])
    await second.stop(again)
  })

  it('says nothing that the contract does not allow', async () => {
    const player = new Player(5)
    const running = player.start()
    await player.until(player.atEnd)
    await player.engine.handle({ type: 'seek', tMs: 20 })
    await player.until(player.played(6))
    await player.stop(running)
    for (const message of player.outbox.messages) {
      expect(engineMessageSchema.parse(message)).toEqual(message)
    }
  })
})

describe('a live source', () => {
  it('cannot be paused', async () => {
    const player = new Player(3, 'camera')
    await player.start()
    await player.engine.handle({ type: 'pause' })
    expect(player.outbox.of('notice').at(-1)?.problem.code).toBe('not-played')
    expect(player.outbox.of('playback')).toEqual([])
  })
})

describe('the pace', () => {
  it('holds frames to the clock of the recording, or a multiple of it', () => {
    const pace = new Pace()
    expect(pace.waitMs(500, 10_000)).toBe(0)
    expect(pace.waitMs(600, 10_000)).toBe(100)
    pace.setRate(4, 10_020)
    expect(pace.waitMs(600, 10_020)).toBe(20)
    expect(pace.waitMs(700, 10_050)).toBe(15)
  })

  it('does not race after a machine that was too slow for the speed', () => {
    const pace = new Pace()
    pace.setRate(8, 0)
    pace.waitMs(0, 0)
    expect(pace.waitMs(100, 1000)).toBeLessThan(0)
    pace.setRate(1, 1000)
    expect(pace.waitMs(100, 1000)).toBe(0)
    expect(pace.waitMs(200, 1000)).toBe(100)
  })

  it('lets the next frame come when it comes, after a pause', () => {
    const pace = new Pace()
    pace.waitMs(0, 0)
    pace.restart()
    expect(pace.waitMs(40, 90_000)).toBe(0)
  })
})

describe('the frame before', () => {
  /** A second, a hole of a minute, and another driver. */
  const holey = (startAtMs: number) => {
    const second = [{ kind: 'drive', label: 'p2', originMs: 60_000 } as const, frameItem(0, 0)]
    const all = [{ kind: 'drive', label: 'p1', originMs: 0 } as const, frameItem(0, 0)]
    const script = startAtMs > 200 ? second : [...all, frameItem(1, 200), ...second]
    return Promise.resolve(new ScriptedSource('statefarm', script))
  }

  it('is found over missing pictures and in the drive before', async () => {
    expect(await frameBefore(holey, 60_000, 1)).toBe(200)
    expect(await frameBefore(holey, 60_000, 2)).toBe(0)
  })

  it('is the first one where there is none', async () => {
    expect(await frameBefore(holey, 200, 5)).toBe(0)
    expect(await frameBefore(holey, 0, 1)).toBe(0)
  })
})
