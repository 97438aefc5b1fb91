import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ClassId } from '../../electron/core/labels.ts'
import { imencodeJpeg, matFromPixels } from '../../electron/engine/native/opencv.ts'
import { makeVideo } from './makeVideo.ts'
import { Mp4Surgery } from './mp4Surgery.ts'

const WIDTH = 160
const HEIGHT = 120

/** How far the squares of the pattern lie above and below the colour, so that the mean stays. */
const CONTRAST = 18

type Rgb = readonly [number, number, number]

/** The colour that the tiny ensemble takes for each class (test/fixtures/ensembles/tiny). */
const COLOURS = JSON.parse(
  readFileSync(new URL('../fixtures/ensembles/tiny/colours.json', import.meta.url), 'utf8'),
) as Record<ClassId, Rgb>

/** A moving chessboard around one colour, BGR: the camera check has nothing to say about it. */
function chessboard(n: number, [r, g, b]: Rgb): Uint8Array {
  const pixels = new Uint8Array(WIDTH * HEIGHT * 3)
  const clip = (value: number): number => Math.min(255, Math.max(0, value))
  for (let i = 0; i < WIDTH * HEIGHT; i += 1) {
    const [x, y] = [(i % WIDTH) + 5 * n, Math.floor(i / WIDTH)]
    const light = ((x >> 4) + (y >> 4)) & 1 ? CONTRAST : -CONTRAST
    pixels.set([clip(b + light), clip(g + light), clip(r + light)], 3 * i)
  }
  return pixels
}

function jpeg(pixels: Uint8Array): Uint8Array {
  using mat = matFromPixels(pixels, WIDTH, HEIGHT)
  return imencodeJpeg(mat, 90)
}

/** A folder of JPEG files `00000.jpg`, ...: what the tiny ensemble takes for these classes. */
export async function pictureFolder(classes: readonly ClassId[]): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-pictures-'))
  for (const [n, id] of classes.entries()) {
    const name = `${String(n).padStart(5, '0')}.jpg`
    await writeFile(path.join(folder, name), jpeg(chessboard(n, COLOURS[id])))
  }
  return folder
}

/** A State-Farm-shaped folder with these rows in its csv. */
export async function stateFarmFolder(
  rows: readonly { readonly driver: string; readonly class: ClassId }[],
): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-statefarm-'))
  const csv = ['subject,classname,img']
  for (const [n, row] of rows.entries()) {
    const name = `img_${n}.jpg`
    const directory = path.join(folder, 'imgs/train', row.class)
    await mkdir(directory, { recursive: true })
    await writeFile(path.join(directory, name), jpeg(chessboard(n, COLOURS[row.class])))
    csv.push(`${row.driver},${row.class},${name}`)
  }
  await writeFile(path.join(folder, 'driver_imgs_list.csv'), `${csv.join('\n')}\n`)
  return folder
}

/** The same pictures as a video of 25 frames a second. */
export async function pictureVideo(classes: readonly ClassId[]): Promise<string> {
  return writeVideo(path.join(await mkdtemp(VIDEOS), 'drive.avi'), 'MJPG', classes)
}

/** The same as phones make it in the dark: from the middle on a frame stands three times as long. */
export async function unsteadyVideo(classes: readonly ClassId[]): Promise<string> {
  const file = writeVideo(path.join(await mkdtemp(VIDEOS), 'drive.mp4'), 'mp4v', classes)
  const durations = classes.map((_, n) => (n < classes.length / 2 ? 40 : 120))
  await writeFile(file, new Mp4Surgery(readFileSync(file)).retime(durations).bytes)
  return file
}

const VIDEOS = path.join(tmpdir(), 'roadward-video-')

function writeVideo(file: string, fourcc: string, classes: readonly ClassId[]): string {
  const pictureOf = (n: number): Uint8Array => chessboard(n, COLOURS[classes[n] ?? 'c0'])
  const shape = { frames: classes.length, framesPerSecond: 25, width: WIDTH, height: HEIGHT }
  makeVideo({ path: file, fourcc, ...shape, pictureOf })
  return file
}
