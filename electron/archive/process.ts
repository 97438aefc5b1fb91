import process from 'node:process'
import { archiveMethods, type ArchiveMethods } from '../contract/archive.ts'
import { answer, type Answer, type Handlers } from '../contract/rpc.ts'
import type { Archive } from './archive.ts'
import { loadSqlite } from './installed.ts'

/** The entry of the archive process: `process.js DIRECTORY`. */

const directory = process.argv[2] ?? ''
let archive: Archive | undefined

/** A folder that could not be opened is tried again with every question: space may have come back. */
async function handlers(): Promise<Handlers<ArchiveMethods>> {
  if (archive === undefined) {
    await loadSqlite()
    const { Archive } = await import('./archive.ts')
    archive ??= new Archive({ directory, now: () => Date.now() })
  }
  return archive.handlers
}

function send(reply: Answer): void {
  process.send?.(reply)
}

process.on('message', (message) => {
  void answer(archiveMethods, handlers, message).then(send)
})

// Ctrl-C reaches the whole process group; the shell decides.
process.on('SIGINT', () => undefined)

process.on('disconnect', () => {
  archive?.[Symbol.dispose]()
  process.exit(0)
})
