import type { ReportFormat, ReportQuery } from '../../contract/exports.ts'
import { unpackPredictions, type PredictionTable } from '../../contract/predictionTable.ts'
import { unreachable } from '../../core/unreachable.ts'
import { reportFileName } from './report/fileName.ts'
import { TIMELINE_BUCKETS } from './report/html/charts/timeline.ts'
import { reportPage } from './report/html/page.ts'
import { picturedEvents, reportOf, type Report } from './report/report.ts'
import { csvOf, jsonLinesOf } from './report/textForms.ts'
import { en } from './report/words/en.ts'
import { zh } from './report/words/zh.ts'
import { exportPicture, type PictureParts } from './exportPictures.ts'
import { interrupted, type PdfPrinter } from './pdfPrinter.ts'
import { reportMaterial, type ReportArchive } from './reportMaterial.ts'

const NEVER = new AbortController().signal

/** Wide enough for a third of a page. */
const PICTURE_WIDTH = 480

export interface ReportParts extends PictureParts {
  readonly archive: ReportArchive
  readonly printPdf: PdfPrinter
  /** Wall clock. */
  readonly now: () => number
}

export interface ReportFile {
  readonly name: string
  readonly type: string
  readonly bytes: Uint8Array
}

const REPORT_TYPES: Readonly<Record<ReportFormat, string>> = {
  html: 'text/html; charset=utf-8',
  pdf: 'application/pdf',
  csv: 'text/csv; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
}

/**
 * @param signal ends what takes long: pictures and printing
 * @throws RoadwardError of the archive, of blurring or of printing, `interrupted`
 */
export async function makeReport(
  parts: ReportParts,
  query: ReportQuery,
  signal: AbortSignal = NEVER,
): Promise<ReportFile> {
  const report = reportOf(await reportMaterial(parts.archive, query, parts.now()))
  const { format } = query
  const file = { name: reportFileName(report, format), type: REPORT_TYPES[format] }
  return { ...file, bytes: await written(parts, report, query, signal) }
}

async function written(
  parts: ReportParts,
  report: Report,
  query: ReportQuery,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const text = new TextEncoder()
  switch (query.format) {
    case 'html':
      return text.encode(await page(parts, report, query, signal))
    case 'pdf':
      return await parts.printPdf(await page(parts, report, query, signal), signal)
    case 'csv':
      return text.encode(csvOf(report, query.table, query.separator))
    case 'jsonl':
      return text.encode(jsonLinesOf(report))
    default:
      return unreachable(query.format)
  }
}

async function page(
  parts: ReportParts,
  report: Report,
  { language, faces, headZone }: ReportQuery,
  signal: AbortSignal,
): Promise<string> {
  const pictures = new Map<number, Uint8Array>()
  for (const { event } of picturedEvents(report)) {
    if (signal.aborted) throw interrupted()
    const at = { drive: event.drive, tMs: event.tMs, width: PICTURE_WIDTH }
    const picture = await exportPicture(parts, { faces, headZone }, at)
    if (picture !== undefined) pictures.set(event.id, picture.jpeg)
  }
  const words = { en, zh }[language]
  return reportPage({ report, words, faces, pictures, table: await timeline(parts, report) })
}

async function timeline(
  { archive }: ReportParts,
  report: Report,
): Promise<PredictionTable | undefined> {
  const [only] = report.drives
  if (report.scope.kind !== 'drive' || only === undefined) return undefined
  const query = { drive: only.drive.summary.id, buckets: TIMELINE_BUCKETS }
  return unpackPredictions(Uint8Array.from(await archive.call('predictions', query)).buffer)
}
