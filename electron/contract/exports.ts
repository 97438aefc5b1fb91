import { z } from 'zod'

/**
 * What leaves the archive as a file: reports and evidence bundles. Queries of
 * `GET /api/reports` and `GET /api/events/ID/evidence`.
 */

/** What an export does with people: pictures left out, made unrecognisable, or as they are. */
export const facesSchema = z.enum(['omit', 'blur', 'keep'])

/** Where heads are, in shares of the picture, 0 to 1. */
export const headZoneSchema = z
  .object({
    x: z.number().min(0).max(1),
    y: z.number().min(0).max(1),
    width: z.number().gt(0).max(1),
    height: z.number().gt(0).max(1),
  })
  .refine(({ x, y, width, height }) => x + width <= 1 && y + height <= 1, 'reaches out of it')

/** `x,y,width,height` in percent of the picture, as `0,0,100,65`. */
export const headZoneTextSchema = z
  .string()
  .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?){3}$/, 'takes x,y,width,height in percent, as 0,0,100,65')
  .transform((text) => {
    const [x = 0, y = 0, width = 0, height = 0] = text.split(',').map((part) => Number(part) / 100)
    return { x, y, width, height }
  })
  .pipe(headZoneSchema)

export const reportFormatSchema = z.enum(['html', 'pdf', 'csv', 'jsonl'])

/**
 * Between the fields of a CSV. With a semicolon numbers have a decimal comma: the two belong
 * together in the spreadsheets of many countries, where 1.5 would become the first of May.
 */
export const separatorSchema = z.enum(['comma', 'semicolon', 'tab'])

export const languageSchema = z.enum(['en', 'zh'])

export const reportQuerySchema = z
  .object({
    /** One drive; without it a period. */
    drive: z.coerce.number().int().positive().optional(),
    /** Milliseconds since 1970, UTC; without them from the first drive and to now. `to` is exclusive. */
    from: z.coerce.number().optional(),
    to: z.coerce.number().optional(),
    /** Only drives with this label. */
    driver: z.string().optional(),
    vehicle: z.string().optional(),
    format: reportFormatSchema.default('html'),
    language: languageSchema.default('en'),
    faces: facesSchema.default('omit'),
    /** For `blur`. */
    headZone: headZoneTextSchema.optional(),
    /** Lines of the CSV. */
    table: z.enum(['events', 'drives']).default('events'),
    separator: separatorSchema.default('comma'),
    /** IANA name; where a day begins. Without it the machine's own. */
    timeZone: z.string().refine(isTimeZone, 'is no time zone').optional(),
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    path: ['to'],
    message: 'is not after the beginning of the period',
  })

export const evidenceQuerySchema = z.object({
  faces: facesSchema.default('omit'),
  headZone: headZoneTextSchema.optional(),
})

export type Language = z.infer<typeof languageSchema>
export type Faces = z.infer<typeof facesSchema>
export type HeadZone = z.infer<typeof headZoneSchema>
export type Separator = z.infer<typeof separatorSchema>
export type ReportFormat = z.infer<typeof reportFormatSchema>
export type ReportQuery = z.infer<typeof reportQuerySchema>

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return true
  } catch {
    return false
  }
}
