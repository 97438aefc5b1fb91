import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { RoadwardError } from '../../core/errors.ts'
import { asPrintJob, interrupted, type PdfPrinter } from './pdfPrinter.ts'

/** A browser on a busy small computer; after that it hangs. */
const PRINT_MS = 120_000

/** Virtual time that the page may take. */
const FONTS_MS = 5000

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'microsoft-edge-stable',
  'msedge',
  'chrome',
]

/** Where browsers are that put nothing on the path. */
const PLACES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

export interface PrinterOptions {
  /** The built screen, for its fonts. */
  readonly rendererDir: string
  readonly env?: Readonly<Record<string, string | undefined>> | undefined
  readonly platform?: NodeJS.Platform | undefined
}

/**
 * Prints with the Chromium, Chrome or Edge of this machine, in a profile of its own that is removed
 * again. The page runs no script and fetches nothing, so the browser needs no network.
 */
export function chromiumPrinter(options: PrinterOptions): PdfPrinter {
  return async (html, signal) => {
    const browser = findBrowser(options)
    return asPrintJob(html, options.rendererDir, async ({ folder, page }) => {
      const pdf = path.join(folder, 'report.pdf')
      await run(
        browser,
        [...flags(folder), `--print-to-pdf=${pdf}`, pathToFileURL(page).href],
        signal,
      )
      return readFile(pdf).catch((cause: unknown) => {
        throw printFailed(browser, 'it wrote no file', cause)
      })
    })
  }
}

/** @throws RoadwardError `no-browser` */
export function findBrowser({
  env = process.env,
  platform = process.platform,
}: PrinterOptions): string {
  const named = env['ROADWARD_CHROMIUM']
  const windows = platform === 'win32'
  const folders = (env['PATH'] ?? '').split(windows ? ';' : ':').filter((part) => part !== '')
  const candidates = named
    ? [named]
    : [
        ...NAMES.flatMap((name) =>
          folders.map((folder) => path.join(folder, windows ? `${name}.exe` : name)),
        ),
        ...(PLACES[platform] ?? []),
      ]
  const found = candidates.find(isExecutable)
  if (found !== undefined) return found
  throw new RoadwardError(
    'no-browser',
    named
      ? `ROADWARD_CHROMIUM names ${named}, which cannot be run.`
      : 'A PDF is printed by Chromium, Chrome or Edge, and none is installed.',
    'Install one (Debian: apt-get install chromium), set ROADWARD_CHROMIUM to its program, or make the report as HTML.',
  )
}

function flags(folder: string): string[] {
  return [
    '--headless',
    '--disable-gpu',
    '--no-first-run',
    '--disable-extensions',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-pings',
    // The page is a file and needs nothing else: no name is looked up, whoever asks.
    '--host-resolver-rules=MAP * ~NOTFOUND',
    '--no-pdf-header-footer',
    // Time for fonts and pictures to be decoded, however busy the machine is.
    `--virtual-time-budget=${FONTS_MS}`,
    `--user-data-dir=${path.join(folder, 'profile')}`,
    // Chromium has no sandbox for root; the page is our own and runs no script.
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ]
}

function run(browser: string, args: readonly string[], signal: AbortSignal): Promise<void> {
  const how = { timeout: PRINT_MS, killSignal: 'SIGKILL', signal } as const
  return new Promise((resolve, reject) => {
    execFile(browser, args, how, (error, _out, stderr) => {
      if (error === null) resolve()
      else if (signal.aborted) reject(interrupted())
      else reject(printFailed(browser, stderr.trim().split('\n').at(-1) ?? '', error))
    })
  })
}

function printFailed(browser: string, why: string, cause: unknown): RoadwardError {
  return new RoadwardError(
    'print-failed',
    `${browser} could not print the report${why === '' ? '' : `: ${why}`}.`,
    'Try again, or make the report as HTML and print it from a browser.',
    { cause },
  )
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
