import { describe, expect, it } from 'vitest'
import { StandingPicture } from '../../../../electron/engine/capture/standingPicture.ts'

/** Times at which a stream of ten pictures a second is opened again. */
function reopenings(seconds: number, changeAt: (tMs: number) => number | undefined): number[] {
  const standing = new StandingPicture()
  const times: number[] = []
  for (let tMs = 0; tMs <= seconds * 1000; tMs += 100) {
    const view = { meanLuma: 100, stdLuma: 50, saturated: 0, changeFromLast: changeAt(tMs) }
    if (standing.stands({ tMs, view })) times.push(tMs)
  }
  return times
}

describe('a picture that stands', () => {
  it('has its stream opened again, ever more seldom', () => {
    expect(reopenings(40, () => 0)).toEqual([5000, 15_100, 35_200])
  })

  it('is no standing one while sensor noise moves in it', () => {
    expect(reopenings(60, () => 0.02)).toEqual([])
  })

  it('is given five seconds again after it has moved', () => {
    const moves = (tMs: number): number => (tMs >= 8000 && tMs < 9000 ? 3 : 0)
    expect(reopenings(15, moves)).toEqual([5000, 14_000])
  })
})
