import electron from 'electron'
import { runApp } from './shells/electron/app.ts'
import { declareAppScheme } from './shells/electron/appScheme.ts'
import { stayOffNetwork } from './shells/electron/guard.ts'
import { readLaunch } from './shells/electron/launch.ts'
import { SettingsStore } from './app/settings/settingsStore.ts'
import { dataDir } from './app/paths.ts'

/** The entry of Electron's main process: hands Electron to the app, and reports what fails. */

const { app, dialog, protocol } = electron

if (app.requestSingleInstanceLock()) {
  declareAppScheme(protocol)
  app.enableSandbox()
  stayOffNetwork(app)
  try {
    const settings = await SettingsStore.open(dataDir())
    const args = process.argv.slice(app.isPackaged ? 1 : 2)
    const launch = await readLaunch(args, settings.current.watch)
    await app.whenReady()
    await runApp(electron, launch, settings)
  } catch (thrown) {
    const { message, tip = '' } = thrown as Error & { readonly tip?: string }
    dialog.showErrorBox('Roadward', `${message}\n${tip}`)
    app.exit(1)
  }
} else {
  // The window that is there already was asked to come forward.
  app.quit()
}
