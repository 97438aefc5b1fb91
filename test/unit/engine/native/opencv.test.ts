import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { asError, loadOpenCv, native } from '../../../../electron/engine/native/binding.ts'
import {
  copyRegion,
  cvtColor,
  imdecode,
  imdecodeSync,
  imencodeJpeg,
  Mat,
  matFromPixels,
  resize,
} from '../../../../electron/engine/native/opencv.ts'
import { VideoCapture } from '../../../../electron/engine/native/videoCapture.ts'
import { FakeMat } from '../../../support/fakeMat.ts'

describe('loading OpenCV', () => {
  it('says that it was never set up, and how to', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roadward-opencv-'))
    try {
      expect(() => loadOpenCv(join(folder, 'main.js'))).toThrow(
        expect.objectContaining({
          code: 'opencv-missing',
          message: 'OpenCV is not set up: its Node binding has not been compiled.',
          tip: 'Run `npm run setup`.',
        }),
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('says in one line why a binding that is there does not load', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'roadward-opencv-'))
    try {
      const modules = join(folder, 'node_modules', '@u4')
      const broken = 'throw new Error("libopencv_core.so.406: cannot open\\nRequire stack: ...")'
      for (const [name, code] of [
        ['opencv4nodejs', broken],
        ['opencv-build', 'exports.Log = {}'],
      ] as const) {
        await mkdir(join(modules, name), { recursive: true })
        await writeFile(join(modules, name, 'index.js'), code)
      }
      expect(() => loadOpenCv(join(folder, 'main.js'))).toThrow(
        expect.objectContaining({
          code: 'opencv-broken',
          message: "OpenCV's Node binding cannot be loaded: libopencv_core.so.406: cannot open",
        }),
      )
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('the OpenCV wrapper', () => {
  it('turns the strings that the binding throws into errors', () => {
    expect(asError('VideoCapture::New - failed').message).toBe('VideoCapture::New - failed')
    const error = new Error('already one')
    expect(() =>
      native(() => {
        throw error
      }),
    ).toThrow(error)
    expect(() => new VideoCapture('/nowhere.mp4', 'ffmpeg')).toThrow(
      new Error('VideoCapture::New - failed to open capture'),
    )
  })

  it('refuses pixels that do not fill the picture, which the binding would read past', () => {
    expect(() => matFromPixels(new Uint8Array(11), 2, 2)).toThrow(
      '11 bytes are not a 2x2 picture with 3 channels',
    )
  })

  it('gives pixels back as they came, also out of a region', () => {
    const pixels = Uint8Array.from({ length: 3 * 2 * 3 }, (_, n) => n)
    using mat = matFromPixels(pixels, 3, 2)
    using part = copyRegion(mat, { x: 1, y: 0, width: 2, height: 2 })
    expect([...mat.toPixels()]).toEqual([...pixels])
    expect([...part.toPixels()]).toEqual([3, 4, 5, 6, 7, 8, 12, 13, 14, 15, 16, 17])
  })

  it('swaps blue and red, and weighs them for grey as ITU-R BT.601 does', () => {
    using mat = matFromPixels(Uint8Array.of(255, 0, 100), 1, 1)
    using rgb = cvtColor(mat, 'bgr-to-rgb')
    using grey = cvtColor(mat, 'bgr-to-grey')
    expect([...rgb.toPixels()]).toEqual([100, 0, 255])
    expect([...grey.toPixels()]).toEqual([Math.round(0.299 * 100 + 0.114 * 255)])
  })

  it('keeps a picture through JPEG and back, and knows what is none', async () => {
    using mat = matFromPixels(new Uint8Array(16 * 16 * 3).fill(77), 16, 16)
    const jpeg = imencodeJpeg(mat, 95)
    using back = await imdecode(jpeg)
    using now = imdecodeSync(jpeg)
    using none = await imdecode(Uint8Array.of(1, 2, 3))
    expect([back.width, back.height, back.channels, back.toPixels()[0]]).toEqual([16, 16, 3, 77])
    expect([now.toPixels()[0], none.empty]).toEqual([77, true])
    await expect(imdecode(new Uint8Array())).rejects.toBeInstanceOf(Error)
  })

  it('frees a Mat at the end of its block', () => {
    {
      using mat = new Mat(new FakeMat(1))
      using small = resize(mat, { width: 2, height: 2 }, 'area')
      expect([small.width, FakeMat.alive]).toEqual([2, 2])
    }
    expect(FakeMat.alive).toBe(0)
  })
})
