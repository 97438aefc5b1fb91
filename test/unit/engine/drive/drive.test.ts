import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../../electron/core/frame.ts'
import type { Problem } from '../../../../electron/core/ports.ts'
import { DriveLog } from '../../../../electron/archive/driveLog/driveLog.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { Drive } from '../../../../electron/engine/drive/drive.ts'
import { fakeEnsemble, frameItem, gate, Outbox, ScriptedSource, type Script } from './fakes.ts'

const LOST: Problem = { severity: 'warning', code: 'source-lost', message: 'The camera is away.' }

/** Frames every 100 ms, `from` to `to` exclusive. */
const frames = (from: number, to: number): Script =>
  Array.from({ length: to - from }, (_, i) => frameItem(from + i, (from + i) * 100))

function setUp(
  kind: ConstructorParameters<typeof ScriptedSource>[0],
  script: Script,
  ensemble = fakeEnsemble(() => 'c0'),
) {
  const outbox = new Outbox()
  const abort = new AbortController()
  const drive = new Drive({
    source: new ScriptedSource(kind, script),
    ensemble,
    preset: ROADWARD,
    resume: undefined,
    emit: outbox.emit,
    signal: abort.signal,
  })
  return { drive, outbox, abort }
}

/** Lets a live drive tick until the outbox is as wanted. */
async function waitFor(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10))
}

describe('Drive', () => {
  it('tells all of a frame in one message, the snapshot last', async () => {
    const { drive, outbox } = setUp(
      'video',
      frames(0, 30),
      fakeEnsemble(() => 'c2'),
    )
    await drive.run()
    const ofFrame = outbox.messages.filter((m) => m.some((event) => event.type === 'prediction'))
    expect(ofFrame).toHaveLength(30)
    expect(ofFrame.every((message) => message.at(-1)?.type === 'snapshot')).toBe(true)
    const alerting = ofFrame.find((message) => message.some((event) => event.type === 'alert'))
    expect(alerting?.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['prediction', 'alert', 'snapshot']),
    )
  })

  it('keeps a hole in a recording as time in which nobody was watched', async () => {
    const { drive, outbox } = setUp(
      'video',
      [...frames(0, 40), ...frames(18_000, 18_040)],
      fakeEnsemble(() => 'c2'),
    )
    await drive.run()
    const log = new DriveLog()
    for (const event of outbox.events) log.event(event)
    const spans = log.take()?.spans ?? []
    const blindMs = spans
      .filter(({ state, reason }) => state === 'blind' && reason === 'no-frames')
      .reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)
    const { gapLimitMs } = ROADWARD.filter
    expect(blindMs).toBeGreaterThanOrEqual(1_796_100 - gapLimitMs)
    expect(outbox.of('notice').map(({ problem }) => problem.code)).toContain('recording-hole')
  })

  it('starts the policy afresh for every driver of a set', async () => {
    const script: Script = [
      { kind: 'drive', label: 'p1' },
      ...frames(0, 10),
      { kind: 'drive', label: 'p2' },
      ...frames(0, 10),
    ]
    const { drive, outbox } = setUp(
      'statefarm',
      script,
      fakeEnsemble(() => 'c6'),
    )
    await drive.run()
    // 2 x 1 s of drinking: neither drive reaches the caution at 1.5 s.
    expect(outbox.of('alert')).toEqual([])
    expect(outbox.of('drive').map(({ label }) => label)).toEqual(['p1', 'p2'])
  })

  it('announces a gap, and that nobody is watching when it lasts', async () => {
    const back = gate()
    const { drive, outbox } = setUp('camera', [
      ...frames(0, 10),
      { kind: 'gap', sinceMs: 900, problem: LOST },
      () => back.opened,
    ])
    const running = drive.run()
    await waitFor(() => outbox.of('state').some(({ state }) => state === 'blind'))
    back.open()
    await running
    expect(outbox.of('notice').map(({ problem }) => problem.code)).toEqual([
      'source-lost',
      'camera-lost',
    ])
  })

  it('does not call a slow recording blind', async () => {
    const slow = () => new Promise<void>((resolve) => setTimeout(resolve, 600))
    const { drive, outbox } = setUp('video', [...frames(0, 5), slow, ...frames(5, 10)])
    await drive.run()
    expect(outbox.of('state').filter(({ state }) => state === 'blind')).toEqual([])
  })

  it('ends at once when asked to, also while the camera is silent', async () => {
    const { drive, outbox, abort } = setUp('camera', [
      ...frames(0, 3),
      () => new Promise(() => undefined),
    ])
    const running = drive.run()
    await waitFor(() => outbox.of('prediction').length === 3)
    abort.abort()
    await running
    expect(outbox.of('prediction')).toHaveLength(3)
  })

  it('tells how long its networks have been at a frame', async () => {
    const ready = gate()
    const ensemble = fakeEnsemble(() => 'c0')
    const hanging = {
      ...ensemble,
      predict: async (picture: Frame) => {
        if (picture.seq === 2) await ready.opened
        return ensemble.predict(picture)
      },
    }
    const { drive, outbox } = setUp('video', frames(0, 4), hanging)
    const running = drive.run()
    await waitFor(() => drive.judgingForMs > 30)
    expect(outbox.of('prediction')).toHaveLength(2)
    ready.open()
    await running
    expect(drive.judgingForMs).toBe(0)
  })

  it('resumes from a snapshot as if nothing had happened', async () => {
    const ensemble = fakeEnsemble(({ seq }) => (seq < 5 ? 'c0' : 'c7'))
    const whole = setUp('video', frames(0, 80), ensemble)
    await whole.drive.run()

    const first = setUp('video', frames(0, 33), ensemble)
    await first.drive.run()
    const snapshot = first.outbox.of('snapshot').at(-1)?.snapshot
    const outbox = new Outbox()
    const second = new Drive({
      // The seek lands on the last frame that was judged.
      source: new ScriptedSource('video', frames(32, 80)),
      ensemble,
      preset: ROADWARD,
      resume: snapshot,
      emit: outbox.emit,
      signal: new AbortController().signal,
    })
    await second.run()
    const alerts = [...first.outbox.of('alert'), ...outbox.of('alert')]
    expect(alerts).toEqual(whole.outbox.of('alert'))
    expect(alerts.length).toBeGreaterThan(0)
    expect(outbox.of('prediction')[0]?.seq).toBe(33)
  })

  it('silences an alert that the driver has acknowledged', async () => {
    const seen = gate()
    const { drive, outbox } = setUp(
      'camera',
      [...frames(0, 20), () => seen.opened, ...frames(20, 22)],
      fakeEnsemble(() => 'c1'),
    )
    const running = drive.run()
    await waitFor(() => outbox.of('alert').length > 0)
    drive.acknowledge()
    seen.open()
    await running
    expect(outbox.of('prediction').at(-1)?.status.acknowledged).toBe(true)
  })
})
