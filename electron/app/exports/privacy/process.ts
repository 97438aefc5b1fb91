import process from 'node:process'
import { blurMethods } from '../../../contract/blur.ts'
import { answer } from '../../../contract/rpc.ts'
import { blurJpeg } from './blur.ts'

/** The entry of the process that makes people unrecognisable: OpenCV lives in plain Node (adr/0001). */

const handlers = {
  blur: ({ jpeg, zone }: { jpeg: Uint8Array; zone: Parameters<typeof blurJpeg>[1] }) =>
    blurJpeg(jpeg, zone),
}

process.on('message', (message) => {
  void answer(blurMethods, () => Promise.resolve(handlers), message).then((reply) =>
    process.send?.(reply),
  )
})

// Ctrl-C reaches the whole process group; the shell decides.
process.on('SIGINT', () => undefined)

process.on('disconnect', () => {
  process.exit(0)
})
