import { describe, expect, it } from 'vitest'
import { CLASSES } from '../../../../electron/core/labels.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { Drive } from '../../../../electron/engine/drive/drive.ts'
import { fakeEnsemble, frameItem, Outbox, ScriptedSource } from './fakes.ts'

/** 0.982 and 0.002 are no float32, nor is this speed. */
const SPEED_KMH = 49.9

function setUp(frames: number) {
  const outbox = new Outbox()
  const drive = new Drive({
    source: new ScriptedSource(
      'video',
      Array.from({ length: frames }, (_, seq) => frameItem(seq, seq * 100)),
    ),
    ensemble: fakeEnsemble(() => 'c0'),
    preset: ROADWARD,
    resume: undefined,
    emit: outbox.emit,
    signal: new AbortController().signal,
  })
  drive.setSpeed(SPEED_KMH)
  return { drive, events: () => outbox.messages.flat() }
}

describe('what the policy is given', () => {
  it('is told as it was given, in numbers that float32 holds', async () => {
    const { drive, events } = setUp(1)
    await drive.run()
    const told = events().find((event) => event.type === 'prediction')
    expect(told?.probabilities).toEqual(
      CLASSES.map((id) => Math.fround(id === 'c0' ? 0.982 : 0.002)),
    )
    expect(told?.speedKmh).toBe(Math.fround(SPEED_KMH))
    expect(told?.view).toEqual({ meanLuma: 110, stdLuma: 55, saturated: 0, changeFromLast: 8 })
  })

  it('is told too when it is no frame', async () => {
    const { drive, events } = setUp(2)
    await drive.run()
    drive.acknowledge()
    const input = events().find((event) => event.type === 'input')
    expect(input).toMatchObject({ kind: 'acknowledge' })
    expect(input?.tMs).toBeGreaterThanOrEqual(100)
  })
})
