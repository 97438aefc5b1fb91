import { publicSettings } from '../../contract/settings.ts'
import { dataDir } from '../../app/paths.ts'
import { SettingsStore } from '../../app/settings/settingsStore.ts'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { printJson, printLine, printProblem } from '../../app/commandLine/output.ts'

export interface SettingsFlags {
  readonly data?: string
  readonly resetPin?: true
}

/** Prints the settings as one JSON object; the PIN is neither kept nor shown. */
export async function showSettings({ data, resetPin }: SettingsFlags): Promise<ExitCode> {
  const folder = data ?? dataDir()
  const settings = await SettingsStore.open(folder)
  if (settings.problem !== undefined) printProblem(settings.problem)
  if (resetPin === true) {
    await settings.update({ pin: '' })
    // A kiosk that runs reads the settings with the next PIN that somebody enters.
    printLine('The PIN is gone. A screen that is locked now opens to any PIN.')
  }
  printJson({ folder, ...publicSettings(settings.current) })
  return EXIT.done
}
