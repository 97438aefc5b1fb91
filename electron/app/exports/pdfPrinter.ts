import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { RoadwardError } from '../../core/errors.ts'
import { withScreenFonts } from './screenFonts.ts'

/**
 * Prints a page to A4. Electron prints itself, the other shells with a Chromium.
 *
 * @param html a document that needs nothing from outside
 * @param signal ends it; nothing of the page stays behind
 * @throws RoadwardError `print-failed`, `no-browser`, `interrupted`
 */
export type PdfPrinter = (html: string, signal: AbortSignal) => Promise<Uint8Array>

/** A document as a file that only this user can read (it may show people), while it is printed. */
export interface PrintJob {
  /** For whatever else the printer writes; removed with the page. */
  readonly folder: string
  readonly page: string
}

/** Followed by the number of the process, so that what a killed one left behind is found. */
const PREFIX = 'roadward-print-'

/**
 * @param rendererDir the built screen, for its fonts
 * @returns what `print` made of the page
 */
export async function asPrintJob(
  html: string,
  rendererDir: string,
  print: (job: PrintJob) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  await removeOrphans()
  const folder = await mkdtemp(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  try {
    const page = path.join(folder, 'report.html')
    await writeFile(page, withScreenFonts(html, rendererDir), { mode: 0o600 })
    return await print({ folder, page })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

export function interrupted(): RoadwardError {
  return new RoadwardError('interrupted', 'The report was interrupted.', 'Nothing was written.')
}

/** Nobody tidies up after a SIGKILL or a power cut; what it left may show people. */
async function removeOrphans(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  for (const name of names.filter(isOrphan)) {
    // Another user's is none of ours, and stays.
    await rm(path.join(tmpdir(), name), { recursive: true, force: true }).catch(() => undefined)
  }
}

function isOrphan(name: string): boolean {
  const [, pid] = new RegExp(`^${PREFIX}(\\d+)-`).exec(name) ?? []
  return pid !== undefined && !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM'
  }
}
