import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { directDrive, framesOf } from '../model/drive.ts'
import type { Script } from '../model/script.ts'
import { truthOf } from '../model/script.ts'
import { openProgress } from './progress.ts'
import type { Studio } from './studio.ts'

/** Near to what cabin cameras record; 90 s of 640x480 stay well under 10 MB. */
const CRF = '24'

const videoArguments = (fps: number, out: string): string[] => [
  ...['-y', '-loglevel', 'error', '-f', 'image2pipe', '-framerate', String(fps)],
  ...['-c:v', 'mjpeg', '-i', 'pipe:0', '-c:v', 'libx264', '-preset', 'slow', '-crf', CRF],
  // One thread and no encoder details in the file: the same frames give the same bytes.
  ...[
    '-threads',
    '1',
    '-pix_fmt',
    'yuv420p',
    '-color_range',
    'tv',
    '-bf',
    '2',
    '-g',
    String(fps * 2),
  ],
  ...['-vf', 'scale=in_range=pc:out_range=tv', '-fflags', '+bitexact', '-flags:v', '+bitexact'],
  ...['-movflags', '+faststart', out],
]

/**
 * Renders a script to an H.264 file, with `truth.json` and, when the script names a time for it,
 * `poster.jpg` beside it.
 * @throws when ffmpeg is missing or fails
 */
export async function writeDrive(studio: Studio, script: Script, out: string): Promise<void> {
  const encoder = spawn('ffmpeg', videoArguments(script.fps, out), {
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const ended = new Promise<void>((resolve, reject) => {
    encoder.on('error', () => {
      reject(new Error('ffmpeg is not installed: apt-get install -y ffmpeg'))
    })
    encoder.on('close', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`ffmpeg could not write ${out} (exit code ${String(code)})`))
    })
  })
  const write = async (): Promise<void> => {
    const progress = openProgress('frames', directDrive(script).frames)
    for await (const picture of studio.render(framesOf(script))) {
      if (!encoder.stdin.write(picture)) await once(encoder.stdin, 'drain')
      progress.step()
    }
    encoder.stdin.end()
    progress.end()
  }
  await Promise.all([ended, Promise.race([write(), ended])])
  const beside = dirname(out)
  await writeFile(join(beside, 'truth.json'), `${JSON.stringify(truthOf(script), undefined, 2)}\n`)
  if (script.posterMs === undefined) return
  const poster = directDrive(script).shotAt(script.posterMs)
  const sharp = { ...poster, light: { ...poster.light, quality: 0.9 } }
  for await (const picture of studio.render([sharp])) {
    await writeFile(join(beside, 'poster.jpg'), picture)
  }
}
