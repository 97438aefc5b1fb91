import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../electron/core/frame.ts'
import type { SourceInfo } from '../../../electron/core/ports.ts'
import { Timeline } from '../../../electron/engine/timeline.ts'

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
    first.place(frame(7, 1000))
    const snapshot = first.snapshot('state')
    const second = new Timeline(info('camera'), snapshot)
    const placed = second.place(frame(0, 5))
    expect(placed?.seq).toBe(8)
    // The time that nobody was watching is in the drive's clock.
    expect(placed?.tMs).toBeGreaterThan(1000)
    const next = second.place(frame(1, 38))
    expect((next?.tMs ?? 0) - (placed?.tMs ?? 0)).toBeCloseTo(33, 6)
  })

  it('skips pictures that the last engine judged, and the drives between them', () => {
    const first = new Timeline(info('statefarm'), undefined)
    ;[0, 1].forEach((seq) => first.place(frame(seq, seq * 200)))
    first.restart()
    first.place(frame(0, 0))
    const second = new Timeline(info('statefarm'), first.snapshot('state'))
    expect(second.catchingUp).toBe(true)
    expect([frame(0, 0), frame(1, 200), frame(0, 0)].map((f) => second.place(f))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect(second.catchingUp).toBe(false)
    expect(second.place(frame(1, 200))).toMatchObject({ seq: 1, tMs: 200 })
  })

  it('skips the frame to which a video was sought', () => {
    const first = new Timeline(info('video'), undefined)
    first.place(frame(30, 1000))
    const second = new Timeline(info('video'), first.snapshot('state'))
    expect(second.catchingUp).toBe(false)
    expect(second.place(frame(30, 1000))).toBeUndefined()
    expect(second.place(frame(31, 1033))).toMatchObject({ seq: 31 })
  })

  it('carries the policy in its snapshot', () => {
    expect(new Timeline(info('video'), undefined).snapshot({ any: 1 })).toMatchObject({
      monitor: { any: 1 },
      kind: 'video',
      frames: 0,
      lastSeq: -1,
    })
  })
})
