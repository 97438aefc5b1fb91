import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { mjpegAvi } from '../../../../../electron/app/exports/evidence/avi.ts'
import { jpegSize } from '../../../../../electron/contract/jpeg.ts'
import { imencodeJpeg, matFromPixels } from '../../../../../electron/engine/native/opencv.ts'
import { VideoCapture } from '../../../../../electron/engine/native/videoCapture.ts'

const SIZE = { width: 64, height: 48 }

/** All of one grey. */
function picture(grey: number): Uint8Array {
  using mat = matFromPixels(new Uint8Array(SIZE.width * SIZE.height * 3).fill(grey), 64, 48)
  return imencodeJpeg(mat, 90)
}

it('makes a video of the pictures as they are, that others can play', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'roadward-avi-'))
  const file = path.join(folder, 'clip.avi')
  const jpegs = [0, 60, 120, 180, 240].map(picture)
  const avi = mjpegAvi(jpegs, { ...SIZE, frameMs: 125 })
  writeFileSync(file, avi)
  try {
    for (const jpeg of jpegs) expect(Buffer.from(avi).includes(Buffer.from(jpeg))).toBe(true)
    using video = new VideoCapture(file, 'ffmpeg')
    expect(video).toMatchObject({ ...SIZE, frames: 5, framesPerSecond: 8 })
    const greys: (number | undefined)[] = []
    for (;;) {
      const reading = await video.read()
      if (reading === undefined) break
      using mat = reading.mat
      greys.push(mat.toPixels()[0])
    }
    expect(greys.map((grey) => Math.round((grey ?? 0) / 20) * 20)).toEqual([0, 60, 120, 180, 240])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('reads the size of a picture from the picture', () => {
  expect(jpegSize(picture(1))).toEqual(SIZE)
  expect(jpegSize(Uint8Array.of(1, 2, 3))).toBeUndefined()
})
