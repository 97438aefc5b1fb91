import type { PowerSaveBlocker } from 'electron'
import type { MonitorApi } from '../../contract/monitorApi.ts'

/** While a drive is monitored the display must not go dark: nobody would see the alert. */
export function keepAwake(
  monitor: Pick<MonitorApi, 'subscribe'>,
  blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>,
): void {
  let id: number | undefined
  monitor.subscribe(({ type }) => {
    if (type === 'opened') id ??= blocker.start('prevent-display-sleep')
    if (type !== 'ended' && type !== 'failed') return
    if (id !== undefined) blocker.stop(id)
    id = undefined
  })
}
