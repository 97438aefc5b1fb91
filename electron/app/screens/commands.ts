import type { DriveRequest, MonitorApi } from '../../contract/monitorApi.ts'
import type { ClientMessage } from '../../contract/web.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import { unreachable } from '../../core/unreachable.ts'
import { LOCKED, type Lock } from '../settings/lock.ts'

/** What only the screen in control may say. */
export type Command = Exclude<ClientMessage, { type: 'pictures' | 'picture-taken' | 'catalog' }>

/** What obeys. */
export interface Dispatched {
  readonly monitor: MonitorApi
  readonly lock: Lock
  /** @returns why not */
  readonly start: (request: DriveRequest) => Promise<Problem | undefined>
  /** Whether it asks for the drive that ran last, which nobody watches now. */
  readonly isAgain: (request: DriveRequest) => boolean
}

/** A driver may always silence an alert; the PIN itself decides about unlocking. */
const NEVER_LOCKED: ReadonlySet<Command['type']> = new Set(['acknowledge', 'unlock', 'lock'])

/** @returns why not, when it was not done */
export async function dispatch(
  message: Command,
  { monitor, lock, start, isAgain }: Dispatched,
): Promise<Problem | undefined> {
  // Whoever watches again what was watched takes nothing from the owner.
  const again = message.type === 'start' && isAgain(message.request)
  if (lock.locked && !again && !NEVER_LOCKED.has(message.type)) return LOCKED
  lock.touch()
  switch (message.type) {
    case 'start':
      return start(message.request)
    case 'stop':
    case 'acknowledge':
    case 'play':
    case 'pause':
      monitor[message.type]()
      return undefined
    case 'seek':
      monitor.seek(message.tMs)
      return undefined
    case 'step':
      monitor.step(message.frames)
      return undefined
    case 'rate':
      monitor.setRate(message.rate)
      return undefined
    case 'speed':
      monitor.setSpeed(message.kmh)
      return undefined
    case 'unlock':
      return tried(lock.unlock(message.pin))
    case 'lock':
      lock.lock()
      return undefined
    case 'settings':
      return tried(lock.change(message.patch))
    default:
      return unreachable(message)
  }
}

/** A disk that is full is no reason to lose the screen. */
async function tried(change: Promise<void>): Promise<Problem | undefined> {
  try {
    await change
    return undefined
  } catch (thrown) {
    if (!(thrown instanceof RoadwardError)) throw thrown
    const { code, message, tip } = thrown
    return { severity: 'error', code, message, tip }
  }
}
