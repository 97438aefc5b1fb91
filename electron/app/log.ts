import { destination, pino, type Logger } from 'pino'

/**
 * The log of a shell, on standard error as JSON lines: standard output belongs to the user.
 *
 * @param verbose without it the log is silent; what people must know is told as problems
 */
export function createLog(verbose: boolean): Logger {
  const level = verbose ? 'debug' : 'silent'
  // Synchronous, so that the last words before an exit are not lost.
  return pino({ name: 'roadward', level }, destination({ dest: 2, sync: true }))
}
