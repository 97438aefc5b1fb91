import type { WebContents } from 'electron'
import type { Logger } from 'pino'
import type { Millis } from '../../core/frame.ts'

/** A page that dies more often than this in a minute dies of something that a reload does not heal. */
const RELOADS_A_MINUTE = 3
const MINUTE_MS: Millis = 60_000

/** The clock of the healing; tests turn their own. */
export interface HealClock {
  /** Monotonic. */
  nowMs(): Millis
  later(ms: Millis, job: () => void): void
}

/**
 * Reloads a page that crashed or hangs: at once, then once a minute, for as long as it takes. The
 * monitor goes on meanwhile, in its own processes.
 */
export function healPage(
  contents: Pick<WebContents, 'on' | 'reload' | 'forcefullyCrashRenderer' | 'isDestroyed'>,
  log: Pick<Logger, 'warn' | 'error'>,
  clock: HealClock,
): void {
  const reload = (): void => {
    if (!contents.isDestroyed()) contents.reload()
  }
  let reloads: Millis[] = []
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return
    const at = clock.nowMs()
    reloads = [...reloads.filter((then) => at - then < MINUTE_MS), at]
    if (reloads.length > RELOADS_A_MINUTE) {
      log.error({ reason, exitCode }, 'the screen crashes again and again, waiting a minute')
      clock.later(MINUTE_MS, reload)
      return
    }
    log.warn({ reason, exitCode }, 'the screen crashed, loading it again')
    reload()
  })
  contents.on('unresponsive', () => {
    log.warn('the screen hangs, ending it')
    contents.forcefullyCrashRenderer()
  })
}
