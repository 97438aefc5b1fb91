import process from 'node:process'
import { answer } from '../contract/rpc.ts'
import { viewerMethods } from '../contract/viewer.ts'
import { Viewer } from './viewer.ts'

/** The entry of the process that looks into recordings: it may crash, and nobody drives by it. */

const viewer = new Viewer()

process.on('message', (message) => {
  void answer(viewerMethods, () => Promise.resolve(viewer.handlers), message).then((reply) =>
    process.send?.(reply),
  )
})

// Ctrl-C reaches the whole process group; the shell decides.
process.on('SIGINT', () => undefined)

process.on('disconnect', () => {
  process.exit(0)
})
