import type { MonitorApi } from '../../../electron/contract/monitorApi.ts'
import type { SettingsPatch } from '../../../electron/contract/settings.ts'
import type { Catalog } from '../../../electron/contract/web.ts'
import type { LinkEvent } from '../stores/driveState.ts'

/** The monitor as a screen has it: over a WebSocket, later over Electron's preload bridge. */
export interface ScreenApi extends MonitorApi {
  /** What there is to choose from; looks for cameras each time. */
  catalog(): Promise<Catalog>
  /** Opens a locked kiosk; what came of it is observed as `settings`. */
  unlock(pin: string): void
  lock(): void
  /** Of the installation, not of this screen. */
  changeSettings(patch: SettingsPatch): void
  /** Header value that allows changes at `/api`; undefined while this screen only looks. */
  readonly controlKey: string | undefined
  /** News of the way to the monitor. @returns the unsubscribe */
  observe(listener: (event: LinkEvent) => void): () => void
}
