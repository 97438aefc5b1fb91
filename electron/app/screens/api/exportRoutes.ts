import { evidenceQuerySchema, reportQuerySchema } from '../../../contract/exports.ts'
import { REPORT_CSP } from '../../exports/report/html/page.ts'
import { makeEvidence, type EvidenceParts } from '../../exports/makeEvidence.ts'
import type { ExportQueue } from '../../exports/exportQueue.ts'
import { makeReport, type ReportParts } from '../../exports/makeReport.ts'
import { bytes, idOf } from './driveRoutes.ts'
import type { Route } from './router.ts'

export type ExportParts = ReportParts & EvidenceParts & { readonly queue: ExportQueue }

/** Files to take away: reports of a drive or a period, and the evidence of one event. */
export function exportRoutes(parts: ExportParts): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/reports',
      handle: async ({ query }) => {
        const wanted = reportQuerySchema.parse(Object.fromEntries(query))
        const {
          name,
          type,
          bytes: body,
        } = await parts.queue.run((signal) => makeReport(parts, wanted, signal))
        // A page is shown, and says itself what it may do; the other forms are kept.
        return bytes(body, type, {
          'content-disposition': disposition(
            wanted.format === 'html' ? 'inline' : 'attachment',
            name,
          ),
          'content-security-policy': `${REPORT_CSP}; frame-ancestors 'self'`,
          'x-content-type-options': 'nosniff',
        })
      },
    },
    {
      method: 'GET',
      path: '/api/events/:id/evidence',
      handle: async (call) => {
        const policy = evidenceQuerySchema.parse(Object.fromEntries(call.query))
        const { name, bytes: body } = await parts.queue.run(() =>
          makeEvidence(parts, { event: idOf(call), ...policy }),
        )
        return bytes(body, 'application/zip', {
          'content-disposition': disposition('attachment', name),
        })
      },
    },
  ]
}

/** RFC 6266: names in ASCII for old readers, and as they are for the others. */
function disposition(kind: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\w.-]/g, '_')
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(name)}`
}
