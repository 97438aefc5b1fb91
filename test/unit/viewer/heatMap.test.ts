import { describe, expect, it } from 'vitest'
import type { Frame } from '../../../electron/core/frame.ts'
import { CLASSES } from '../../../electron/core/labels.ts'
import { heatMap } from '../../../electron/viewer/heatMap.ts'
import { fakeEnsemble } from '../engine/drive/fakes.ts'

const WIDTH = 120
const HEIGHT = 90

/** Black, with one white dot where the phone is. */
function pictureWith(x: number, y: number): Frame {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3)
  pixels.fill(255, (y * WIDTH + x) * 3, (y * WIDTH + x + 1) * 3)
  const view = { meanLuma: 0, stdLuma: 0, saturated: 0, changeFromLast: undefined }
  return { seq: 0, tMs: 40, width: WIDTH, height: HEIGHT, pixels, view }
}

describe('where the networks looked', () => {
  it('is where covering the picture takes the class away', async () => {
    // Sees a phone as long as the dot is there.
    const ensemble = fakeEnsemble(({ pixels }) => (pixels.includes(255) ? 'c2' : 'c0'))
    const frame = pictureWith(35, 61)
    const map = await heatMap(ensemble, frame, 'c2')
    expect(map).toMatchObject({ tMs: 40, class: 'c2', columns: 12, rows: 9 })
    const hot = map.falls.flatMap((fall, index) => (fall > 0.5 ? [index] : []))
    expect(hot).toEqual([6 * 12 + 3])
    expect(map.falls).toHaveLength(108)
    expect(map.probability).toBeGreaterThan(0.9)
    expect(frame.pixels).toEqual(pictureWith(35, 61).pixels)
  })

  it('says that covering adds to the other classes', async () => {
    const ensemble = fakeEnsemble(({ pixels }) => (pixels.includes(255) ? 'c2' : 'c0'))
    const { falls } = await heatMap(ensemble, pictureWith(0, 0), CLASSES[0])
    expect(falls[0]).toBeLessThan(-0.5)
  })
})
