import { existsSync, mkdirSync, renameSync } from 'node:fs'
import path from 'node:path'
import { native, openCv } from '../../dist/engine/native/binding.js'

const WIDTH = 640
const HEIGHT = 480
const FRAMES_PER_SECOND = 30

/**
 * A 640x480 H.264 video of moving shapes over a noisy gradient: enough detail that decoding costs
 * what a cabin costs, and nothing of a real person.
 *
 * @param {string} folder where the video is kept between runs
 * @param {number} frames
 * @returns {string} path of the video
 */
export function benchVideo(folder, frames) {
  const file = path.join(folder, `bench-${frames}.mp4`)
  if (existsSync(file)) return file
  mkdirSync(folder, { recursive: true })
  const cv = openCv()
  const partial = path.join(folder, 'partial.mp4')
  const size = new cv.Size(WIDTH, HEIGHT)
  const fourcc = cv.VideoWriter.fourcc('avc1')
  const writer = native(() => new cv.VideoWriter(partial, fourcc, FRAMES_PER_SECOND, size, true))
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3)
  for (let n = 0; n < frames; n += 1) {
    paint(pixels, n)
    const mat = new cv.Mat(pixels, HEIGHT, WIDTH, CV_8UC3)
    writer.write(mat)
    mat.release()
  }
  writer.release()
  renameSync(partial, file)
  return file
}

const CV_8UC3 = 16

/** @type {(pixels: Uint8Array, n: number) => void} */
function paint(pixels, n) {
  const [cx, cy] = [320 + 200 * Math.cos(n / 20), 240 + 120 * Math.sin(n / 13)]
  let noise = n * 2654435761
  let at = 0
  for (let y = 0; y < HEIGHT; y += 1) {
    for (let x = 0; x < WIDTH; x += 1) {
      noise = (Math.imul(noise, 1664525) + 1013904223) >>> 0
      const grain = noise >>> 28
      const inside = (x - cx) ** 2 + (y - cy) ** 2 < 6400
      pixels[at++] = (inside ? 60 : x / 4) + grain
      pixels[at++] = (inside ? 120 : y / 3) + grain
      pixels[at++] = (((x + n) >> 5) & 1 ? 90 : 140) + grain
    }
  }
}
