import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../../electron/core/frame.ts'
import type { SourceInfo } from '../../../../electron/core/ports.ts'
import { Timeline } from '../../../../electron/engine/drive/timeline.ts'

const info = (kind: SourceInfo['kind']): SourceInfo => ({
  uri: kind,
  kind,
  live: kind === 'camera' || kind === 'stream',
  width: undefined,
  height: undefined,
  framesPerSecond: undefined,
  frames: undefined,
})

const frame = (seq: number, tMs: number): Frame => ({
  seq,
  tMs,
  width: 1,
  height: 1,
  pixels: new Uint8Array(3),
  view: { meanLuma: 0, stdLuma: 0, saturated: 0, changeFromLast: undefined },
})

describe('Timeline', () => {
  it('leaves a first life as the source tells it', () => {
    const timeline = new Timeline(info('camera'), undefined)
    expect(timeline.place(frame(4, 130))).toMatchObject({ seq: 4, tMs: 130 })
  })

  it('goes on counting when a camera is opened again by a new engine', () => {
    const first = new Timeline(info('camera'), undefined)
    first.judged(frame(7, 1000))
    const second = new Timeline(info('camera'), first.snapshot('state'))
    const placed = second.place(frame(0, 5))
    expect(placed?.seq).toBe(8)
    // The time that nobody was watching is in the drive's clock.
    expect(placed?.tMs).toBeGreaterThan(1000)
    const next = second.place(frame(1, 38))
    expect((next?.tMs ?? 0) - (placed?.tMs ?? 0)).toBeCloseTo(33, 6)
  })

  it('skips the frame at which a recording was opened again, and its announcement', () => {
    const first = new Timeline(info('statefarm'), undefined)
    first.restart(400)
    first.judged(frame(1, 200))
    const snapshot = first.snapshot('state')
    expect(snapshot.positionMs).toBe(600)
    const second = new Timeline(info('statefarm'), snapshot)
    expect([second.catchingUp, second.originMs]).toEqual([true, 400])
    expect(second.place(frame(1, 200))).toBeUndefined()
    expect(second.catchingUp).toBe(false)
    expect(second.place(frame(2, 400))).toMatchObject({ seq: 2, tMs: 400 })
    second.restart(1000)
    expect(second.place(frame(0, 0))).toMatchObject({ seq: 0 })
  })

  it('goes on by the time of a recording whose frames are counted differently after a seek', () => {
    const first = new Timeline(info('video'), undefined)
    first.judged(frame(674, 44_933))
    const second = new Timeline(info('video'), first.snapshot('state'))
    expect(second.place(frame(449, 44_933))).toBeUndefined()
    expect(second.place(frame(450, 45_133))).toMatchObject({ seq: 675, tMs: 45_133 })
  })

  it('does not count a frame that waits to be judged', () => {
    const first = new Timeline(info('video'), undefined)
    first.judged(frame(30, 1000))
    first.place(frame(31, 1033))
    expect(first.snapshot('state')).toMatchObject({ lastSeq: 30, positionMs: 1000 })
  })

  it('carries the policy in its snapshot', () => {
    expect(new Timeline(info('video'), undefined).snapshot({ any: 1 })).toMatchObject({
      monitor: { any: 1 },
      positionMs: 0,
      lastSeq: -1,
    })
  })
})
