import process from 'node:process'
import { openPatiently } from './capture/patientSource.ts'
import { commandSchema } from '../contract/commands.ts'
import type { EngineEvent } from '../contract/events.ts'
import type { Millis } from '../core/frame.ts'
import { openEnsemble } from './inference/ensemble.ts'
import { Engine } from './engine.ts'
import { encodePicture } from './drive/encodePicture.ts'

/** The entry of the engine process: nothing but wires between the shell's channel and the engine. */

/** Four missing heartbeats are a hang (`shells/watchdog`). */
const HEARTBEAT_MS: Millis = 250

function emit(events: EngineEvent[]): void {
  process.send?.(events)
}

const engine = new Engine({
  openSource: openPatiently,
  openEnsemble,
  emit,
  encodePicture,
  peakMemoryMb: () => process.resourceUsage().maxRSS / 1024,
})

process.on('message', (message) => {
  void engine.handle(commandSchema.parse(message))
})

// Ctrl-C reaches the whole process group; the shell decides, and asks with `stop`.
process.on('SIGINT', () => undefined)

// The shell is gone: nobody would hear an alert.
process.on('disconnect', () => {
  process.exit(0)
})

setInterval(() => {
  // Networks run on threads of their own: one that hangs leaves this one free, but nobody sees.
  if (engine.judgingForMs <= HEARTBEAT_MS) emit([{ type: 'heartbeat' }])
}, HEARTBEAT_MS)

emit([{ type: 'hello', pid: process.pid }])
