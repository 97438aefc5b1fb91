import type { Command } from 'commander'
import { addServeOptions, serve, type ServeFlags } from './serve.ts'
import type { Done } from '../../app/commandLine/done.ts'
import {
  addDriveOptions,
  requestOf,
  SOURCES,
  type DriveFlags,
} from '../../app/commandLine/options.ts'

/** `roadward serve`. */
export function addServe(program: Command, done: Done): void {
  const command = program
    .command('serve')
    .description('show the drive in a browser; prints the link to open')
    .option('--source <source>', 'what to watch; without it the screen asks')
  addServeOptions(addDriveOptions(command))
    .addHelpText('after', SOURCES)
    .action(async (flags: DriveFlags & ServeFlags & { readonly source?: string }) => {
      const { source } = flags
      done(await serve(await requestOf(source ?? '0', flags), source !== undefined, flags))
    })
}
