import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { withScreenFonts } from './screenFonts.ts'

/**
 * Prints a page to A4. Electron prints itself, the other shells with a Chromium.
 *
 * @param html a document that needs nothing from outside
 */
export type PdfPrinter = (html: string) => Promise<Uint8Array>

/** A document as a file that only this user can read (it may show people), while it is printed. */
export interface PrintJob {
  /** For whatever else the printer writes; removed with the page. */
  readonly folder: string
  readonly page: string
}

/**
 * @param rendererDir the built screen, for its fonts
 * @returns what `print` made of the page
 */
export async function asPrintJob(
  html: string,
  rendererDir: string,
  print: (job: PrintJob) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-print-'))
  try {
    const page = path.join(folder, 'report.html')
    await writeFile(page, withScreenFonts(html, rendererDir), { mode: 0o600 })
    return await print({ folder, page })
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
