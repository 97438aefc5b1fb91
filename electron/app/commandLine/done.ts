import type { ExitCode } from './exitCodes.ts'

/** Takes the exit code of the command that ran. */
export type Done = (code: ExitCode) => void
