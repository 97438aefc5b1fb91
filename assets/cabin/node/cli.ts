import { readFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { writeDataset } from './dataset.ts'
import { parseScript } from '../model/script.ts'
import { writeDrive } from './drive.ts'
import { writeSheet } from './sheet.ts'
import { openStudio } from './studio.ts'

/** Beside the bundle of this file, where run.mjs puts both. */
const PAGE = new URL('page.js', import.meta.url).pathname

const whole = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('a number from 1 up')
  return value
}

const size = (text: string): { width: number; height: number } => {
  const [, width = '', height = ''] = /^(\d+)x(\d+)$/.exec(text) ?? []
  return { width: whole(width), height: whole(height) }
}

const share = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('a share from 0 to 1')
  return value
}

interface DatasetOptions {
  readonly drivers: number
  readonly perClass: number
  readonly seed: string
  readonly out: string
  readonly size: { readonly width: number; readonly height: number }
  readonly rhd: number
  readonly quality?: number
}

const program = new Command('cabin').description('Pictures of a synthetic cabin, from a seed')

program
  .command('dataset')
  .description('write a State-Farm-shaped set of pictures')
  .requiredOption('--drivers <n>', 'how many drivers', whole)
  .requiredOption('--per-class <m>', 'pictures of each driver in each state', whole)
  .requiredOption('--out <dir>', 'folder to write')
  .option('--seed <text>', 'the same seed gives the same pictures', '1')
  .option('--size <WxH>', 'size of a picture', size, { width: 640, height: 480 })
  .option('--rhd <share>', 'share of drivers in right-hand-drive cars', share, 0)
  .option('--quality <share>', 'JPEG quality of all pictures, 0 to 1', share)
  .action(async (options: DatasetOptions) => {
    await using studio = await openStudio(PAGE)
    const { drivers, perClass, seed, rhd, quality } = options
    const sized = { drivers, perClass, seed, ...options.size, rightHandDrive: rhd }
    const plan = { ...sized, ...(quality !== undefined && { quality }) }
    await writeDataset(studio, plan, options.out)
  })

program
  .command('sheet')
  .description('write a contact sheet: ten states by six drivers, without labels')
  .requiredOption('--out <file>', 'the JPEG to write; its key goes beside it')
  .option('--seed <text>', 'the same seed gives the same sheet', 'sheet')
  .action(async (options: { out: string; seed: string }) => {
    await using studio = await openStudio(PAGE)
    await writeSheet(studio, options.seed, options.out)
  })

program
  .command('drive')
  .description('render a scripted drive as H.264, with truth.json beside it')
  .argument('<script>', 'the script, a JSON file')
  .requiredOption('--out <file>', 'the mp4 to write')
  .action(async (file: string, options: { out: string }) => {
    const script = parseScript(JSON.parse(await readFile(file, 'utf8')))
    await using studio = await openStudio(PAGE)
    await writeDrive(studio, script, options.out)
  })

try {
  await program.parseAsync()
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
}
