import { beforeEach, describe, expect, it } from 'vitest'
import { PicturePump } from '../../../../electron/engine/drive/picturePump.ts'
import { frame, Outbox } from './fakes.ts'

let nowMs = 0
let encoded = 0
let outbox: Outbox
let pump: PicturePump

beforeEach(() => {
  nowMs = 0
  encoded = 0
  outbox = new Outbox()
  pump = new PicturePump({
    encode: () => {
      encoded += 1
      return { width: 4, height: 3, jpeg: new Uint8Array([255, 216]) }
    },
    emit: outbox.emit,
    nowMs: () => nowMs,
  })
})

/** Frames at `everyMs` until `untilMs`; a quick screen takes each picture at once. */
function play(everyMs: number, untilMs: number, taking = true): void {
  for (let seq = 0; nowMs < untilMs; seq += 1, nowMs += everyMs) {
    pump.offer(frame(seq, nowMs), false)
    if (taking) pump.taken()
  }
}

const sent = () => outbox.of('picture').map(({ seq }) => seq)

describe('PicturePump', () => {
  it('encodes nothing for a screen that did not ask', () => {
    play(33, 1000)
    expect([encoded, outbox.messages]).toEqual([0, []])
  })

  it('tells which frame a picture shows', () => {
    pump.setRate(15)
    pump.offer(frame(7, 233), false)
    expect(outbox.messages).toEqual([
      [
        {
          type: 'picture',
          seq: 7,
          tMs: 233,
          width: 4,
          height: 3,
          jpeg: new Uint8Array([255, 216]),
        },
      ],
    ])
  })

  it('keeps the rate on average, also when it does not divide that of the source', () => {
    pump.setRate(10)
    play(33, 3000)
    expect(sent()).toHaveLength(30)
  })

  it('sends every frame of a source slower than the rate', () => {
    pump.setRate(15)
    play(500, 2500)
    expect(sent()).toEqual([0, 1, 2, 3, 4])
  })

  it('waits for a slow screen, and then gives it the newest frame', () => {
    pump.setRate(10)
    play(50, 500, false)
    expect(sent()).toEqual([0])
    pump.taken()
    pump.offer(frame(99, nowMs), false)
    expect(sent()).toEqual([0, 99])
    expect(encoded).toBe(2)
  })

  it('does not miss the frame that stays on screen, however busy the screen is', () => {
    pump.setRate(10)
    pump.offer(frame(1, 0), false)
    pump.offer(frame(2, 33), false)
    pump.offer(frame(3, 66), true)
    expect(sent()).toEqual([1])
    pump.taken()
    expect(sent()).toEqual([1, 3])
    pump.taken()
    expect(sent()).toEqual([1, 3])
  })

  it('shows the frame that stays on screen at once, and to who comes later', () => {
    pump.setRate(10)
    pump.offer(frame(1, 0), true)
    pump.taken()
    pump.offer(frame(2, 33), true)
    expect(sent()).toEqual([1, 2])
    pump.setRate(15)
    expect(sent()).toEqual([1, 2, 2])
    pump.offer(frame(3, 66), false)
    pump.setRate(10)
    expect(sent()).toEqual([1, 2, 2])
  })

  it('stops when pictures are turned off', () => {
    pump.setRate(10)
    pump.setRate(0)
    play(50, 500)
    expect(encoded).toBe(0)
  })
})
