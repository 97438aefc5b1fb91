import type { WebContents } from 'electron'
import type { Logger } from 'pino'
import type { Millis } from '../../core/frame.ts'

/** A page that dies more often than this in a minute dies of something that a reload does not heal. */
const RELOADS_A_MINUTE = 3
const MINUTE_MS: Millis = 60_000

/** Reloads a page that crashed or hangs; the monitor goes on meanwhile, in its own processes. */
export function healPage(
  contents: Pick<WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer'>,
  log: Pick<Logger, 'warn' | 'error'>,
  nowMs: () => Millis,
): void {
  let reloads: Millis[] = []
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const at = nowMs()
    reloads = [...reloads.filter((then) => at - then < MINUTE_MS), at]
    if (reloads.length > RELOADS_A_MINUTE) {
      log.error({ reason, exitCode }, 'the screen crashes again and again; it stays as it is')
      return
    }
    log.warn({ reason, exitCode }, 'the screen crashed, loading it again')
    contents.reload()
  })
  contents.on('unresponsive', () => {
    log.warn('the screen hangs, ending it')
    contents.forcefullyCrashRenderer()
  })
}
