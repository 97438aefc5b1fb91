/**
 * Shows that frames leave no memory behind: reads many through a source, as often over as it
 * takes, and prints the resident memory on the way.
 *
 *     npm run build && node test/tools/memory-flat.mjs [SOURCE] [FRAMES]
 *
 * Without a source it reads a 640x480 H.264 video of its own, 2,000 frames long.
 */
import { tmpdir } from 'node:os'
import path from 'node:path'
import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { openSource } from '../../dist/engine/capture/openSource.js'
import { benchVideo } from '../bench/video.mjs'

const uri = process.argv[2] ?? benchVideo(path.join(tmpdir(), 'roadward-memory'), 2000)
const wanted = Number(process.argv[3] ?? 20_000)
const EVERY = 2000

/** @type {(frames: number) => void} */
function report(frames) {
  const megabytes = Math.round(process.memoryUsage.rss() / 2 ** 20)
  console.log(`${String(frames).padStart(6)} frames  ${String(megabytes).padStart(4)} MB`)
}

let frames = 0
report(frames)
const startedMs = performance.now()
while (frames < wanted) {
  const source = await openSource(uri)
  for await (const item of source) {
    if (item.kind !== 'frame') continue
    frames += 1
    if (frames % EVERY === 0) report(frames)
    if (frames === wanted) break
  }
  await source[Symbol.asyncDispose]()
}
const perFrameMs = (performance.now() - startedMs) / frames
console.log(`${perFrameMs.toFixed(2)} ms a frame, all included`)
