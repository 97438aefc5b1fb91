import type { Problem } from '../../electron/core/ports.ts'
import { DataError } from '../shared/api/dataApi.ts'

/** What to tell of a failed question; the shell's own words where it gave some. */
export function problemOf(thrown: unknown): Problem {
  if (thrown instanceof DataError) return thrown.problem
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  // `fetch` throws a TypeError when nobody is there to answer.
  const code = thrown instanceof TypeError ? 'shell-away' : 'internal'
  return { severity: 'error', code, message }
}
