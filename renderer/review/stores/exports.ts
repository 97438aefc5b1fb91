/** How faces leave the machine. */
export const FACES = ['omit', 'blur', 'keep'] as const
export const FORMATS = ['html', 'pdf', 'csv', 'jsonl'] as const

/** Between the fields of a CSV. */
export const SEPARATORS = ['comma', 'semicolon', 'tab'] as const

export type Separator = (typeof SEPARATORS)[number]
export type Faces = (typeof FACES)[number]
export type Format = (typeof FORMATS)[number]

/** What a report is about. */
export type Subject =
  | { readonly kind: 'drive'; readonly drive: number; readonly event: number | undefined }
  /** Bounds in milliseconds since 1970; none are the first or the last drive. */
  | { readonly kind: 'period'; readonly period: Readonly<Record<string, string>> }

/** What somebody chose in the dialog. */
export interface Choice {
  readonly language: string
  readonly faces: Faces
  readonly separator: Separator
}

export function reportUrl(subject: Subject, format: Format, choice: Choice): string {
  const { language, faces, separator } = choice
  const about: Readonly<Record<string, string>> =
    subject.kind === 'drive' ? { drive: `${subject.drive}` } : subject.period
  const form = format === 'csv' ? { format, separator } : { format, language, faces }
  return `api/reports?${new URLSearchParams({ ...about, ...form }).toString()}`
}

export function evidenceUrl(event: number, faces: Faces): string {
  return `api/events/${event}/evidence?${new URLSearchParams({ faces }).toString()}`
}

/**
 * The one that a spreadsheet of this computer expects: where a comma stands in numbers, it cannot
 * stand between them.
 *
 * @param locales of the browser; its own where none are named
 */
export function usualSeparator(locales?: string): Separator {
  const decimal = new Intl.NumberFormat(locales).formatToParts(1.5)
  return decimal.some(({ type, value }) => type === 'decimal' && value === ',')
    ? 'semicolon'
    : 'comma'
}
