import { describe, expect, it } from 'vitest'
import { lumaStats } from '../../../../electron/engine/capture/viewProbe.ts'

describe('light statistics', () => {
  it('find a covered lens dark, even and, on its first picture, without change', () => {
    expect(lumaStats(new Uint8Array(100).fill(3), undefined)).toEqual({
      meanLuma: 3,
      stdLuma: 0,
      saturated: 0,
      changeFromLast: undefined,
    })
  })

  it('find half a picture in the sun blown out', () => {
    const luma = new Uint8Array(100).fill(255, 0, 50)
    expect(lumaStats(luma, luma)).toEqual({
      meanLuma: 127.5,
      stdLuma: 127.5,
      saturated: 0.5,
      changeFromLast: 0,
    })
  })

  it('measure change by its size, not its direction', () => {
    expect(lumaStats(Uint8Array.of(10, 20), Uint8Array.of(20, 10)).changeFromLast).toBe(10)
  })
})
