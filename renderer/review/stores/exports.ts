/** How faces leave the machine. */
export const FACES = ['omit', 'blur', 'keep'] as const
export const FORMATS = ['html', 'pdf', 'csv', 'jsonl'] as const

export type Faces = (typeof FACES)[number]
export type Format = (typeof FORMATS)[number]

/** What a report is about. */
export type Subject =
  | { readonly kind: 'drive'; readonly drive: number; readonly event: number | undefined }
  /** Bounds in milliseconds since 1970; none are the first or the last drive. */
  | { readonly kind: 'period'; readonly period: Readonly<Record<string, string>> }

export function reportUrl(
  subject: Subject,
  format: Format,
  language: string,
  faces: Faces,
): string {
  const about: Readonly<Record<string, string>> =
    subject.kind === 'drive' ? { drive: `${subject.drive}` } : subject.period
  return `api/reports?${new URLSearchParams({ ...about, format, language, faces }).toString()}`
}

export function evidenceUrl(event: number, faces: Faces): string {
  return `api/events/${event}/evidence?${new URLSearchParams({ faces }).toString()}`
}
