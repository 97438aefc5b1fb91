import type { App, BrowserWindow } from 'electron'
import type { Lock } from '../../app/settings/lock.ts'

/**
 * Keeps the window of a locked kiosk open: Alt+F4 would end the monitoring without the PIN. Whoever
 * ends the session, or shuts the computer down, quits the app first, and is not held up.
 */
export function holdWindow(
  app: Pick<App, 'once'>,
  window: Pick<BrowserWindow, 'on'>,
  lock: Pick<Lock, 'locked'>,
): void {
  let quitting = false
  app.once('before-quit', () => {
    quitting = true
  })
  window.on('close', (event) => {
    if (lock.locked && !quitting) event.preventDefault()
  })
}
