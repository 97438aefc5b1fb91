import { SOURCE_EXIT_CODES } from '../../contract/sourceErrors.ts'

/** Exit codes of every command; documented in `--help`. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
} as const

export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Error codes, beside those of sources, that mean the words of the call are wrong. */
const USAGE_CODES: ReadonlySet<string> = new Set([
  'bundle-unreadable',
  'ensemble-not-found',
  'host-not-loopback',
  'key-not-understood',
  'merge-weights',
  'nothing-to-report',
  'out-unwritable',
  'period-invalid',
  'port-invalid',
  'preset-invalid',
  'preset-unknown',
  'preset-unreadable',
  'provider-unknown',
  'source-empty',
  'submission-exists',
  'submission-other',
  'tls-invalid',
  'tls-unreadable',
])

/** The exit code for a `RoadwardError` or a problem by its code. */
export function exitCodeOf(code: string): ExitCode {
  if (USAGE_CODES.has(code)) return EXIT.usage
  const table: Readonly<Record<string, ExitCode>> = SOURCE_EXIT_CODES
  return table[code] ?? EXIT.failed
}
