import type { Command } from 'commander'
import { showSettings, type SettingsFlags } from '../settings.ts'
import type { Done } from '../../../app/commandLine/done.ts'

/** `roadward settings`. */
export function addSettings(program: Command, done: Done): void {
  program
    .command('settings')
    .description('show the settings of this installation, or take a forgotten PIN away')
    .option('--data <directory>', 'where settings and recorded drives are kept')
    .option('--reset-pin', 'remove the PIN of the kiosk; a new one is set on the screen')
    .action(async (flags: SettingsFlags) => {
      done(await showSettings(flags))
    })
}
