import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { DriveRequest, MonitorApi, MonitorEvent } from '../../contract/monitorApi.ts'
import type {
  Catalog,
  ClientMessage,
  PictureEvent,
  Role,
  ServerMessage,
} from '../../contract/web.ts'
import type { Problem } from '../../core/ports.ts'
import { unreachable } from '../../core/unreachable.ts'
import type { Lock } from '../settings/lock.ts'
import { Addresses } from './addresses.ts'
import { dispatch, type Command } from './commands.ts'
import { PictureFeed } from './pictureFeed.ts'
import { LateJoinState } from './lateJoinState.ts'

/** One screen; the server makes it of a WebSocket. */
export interface Screen {
  tell(message: ServerMessage): void
  show(picture: Uint8Array): void
}

export interface HubParts {
  readonly monitor: MonitorApi
  readonly catalog: () => Promise<Catalog>
  /** Begins when the first screen is there to show it. */
  readonly initial: DriveRequest | undefined
  /** Told once, to the first screen that comes. */
  readonly firstNotice?: Problem | undefined
  /** Somebody chose what to watch; kept for another day. */
  readonly onChoice?: (request: DriveRequest) => void
  /** The door of a kiosk, and the settings behind it. */
  readonly lock: Lock
}

const ONLY_LOOKING: Problem = {
  severity: 'warning',
  code: 'only-looking',
  message: 'Another screen controls this drive; this one only shows it.',
  tip: 'Close the other screen to control from here.',
}

const UNKNOWN_ENSEMBLE: Problem = {
  severity: 'error',
  code: 'ensemble-not-found',
  message: 'That folder holds none of the ensembles of this server.',
  tip: 'Choose one from the list.',
}

/** One monitor, many screens: the first in line controls, the others look. */
export class Hub {
  readonly #parts: HubParts
  readonly #lateJoinState = new LateJoinState()
  readonly #addresses = new Addresses()
  /** In the order in which they came. */
  readonly #clients = new Map<Screen, PictureFeed>()
  #batch: MonitorEvent[] = []
  #key: string = randomUUID()
  #request: DriveRequest | undefined
  #next: DriveRequest | undefined
  #running = false
  #firstNotice: Problem | undefined

  constructor(parts: HubParts) {
    this.#parts = parts
    this.#next = parts.initial
    this.#firstNotice = parts.firstNotice
    parts.monitor.subscribe((event) => {
      this.#event(event)
    })
    parts.lock.subscribe(() => {
      this.#tellAll({ type: 'settings', ...parts.lock.settingsStatus })
    })
  }

  /** @returns what to call with each of its messages, and when it is gone */
  join(screen: Screen): { message(message: ClientMessage): Promise<void>; leave(): void } {
    const feed = new PictureFeed((bytes) => {
      screen.show(bytes)
    })
    this.#clients.set(screen, feed)
    const { lock } = this.#parts
    screen.tell({ type: 'welcome', ...this.#roleOf(screen) })
    screen.tell({ type: 'settings', ...lock.settingsStatus })
    this.#notice(screen, lock.settings.problem)
    this.#notice(screen, this.#firstNotice)
    this.#firstNotice = undefined
    if (this.#request !== undefined) {
      screen.tell({ type: 'starting', request: this.#addresses.ofRequest(this.#request) })
      screen.tell({ type: 'events', events: [...this.#lateJoinState.events] })
    }
    this.#startNext()
    return {
      message: (message) => this.#message(screen, feed, message),
      leave: () => {
        this.#leave(screen)
      },
    }
  }

  #notice(screen: Screen, problem: Problem | undefined): void {
    if (problem === undefined) return
    screen.tell({ type: 'events', events: [{ type: 'notice', problem }] })
  }

  #leave(screen: Screen): void {
    const controlled = this.#controls(screen)
    this.#clients.delete(screen)
    this.#setRate()
    // The picture that it will not draw any more must not hold up the others.
    this.#parts.monitor.pictureTaken()
    const [nextController] = this.#clients.keys()
    if (!controlled) return
    // What the one who left could still change with its key, it could change no longer.
    this.#key = randomUUID()
    this.#parts.lock.lock()
    nextController?.tell({ type: 'role', ...this.#roleOf(nextController) })
  }

  /** @returns whether the bearer of this key may change something through the data API */
  mayControl(key: string): boolean {
    const { lock } = this.#parts
    if (this.#clients.size === 0 || key !== this.#key || lock.locked) return false
    lock.touch()
    return true
  }

  #roleOf(screen: Screen): { role: Role; key: string | undefined } {
    return this.#controls(screen)
      ? { role: 'control', key: this.#key }
      : { role: 'look', key: undefined }
  }

  #controls(screen: Screen): boolean {
    const [first] = this.#clients.keys()
    return first === screen
  }

  async #message(screen: Screen, feed: PictureFeed, message: ClientMessage): Promise<void> {
    switch (message.type) {
      case 'pictures':
        feed.setRate(message.perSecond)
        this.#setRate()
        return
      case 'picture-taken':
        feed.taken()
        // The quickest screen sets the pace; slower ones skip.
        this.#parts.monitor.pictureTaken()
        return
      case 'catalog':
        screen.tell({ type: 'catalog', catalog: await this.#catalogFor(screen) })
        return
      case 'start':
      case 'stop':
      case 'acknowledge':
      case 'play':
      case 'pause':
      case 'seek':
      case 'step':
      case 'rate':
      case 'speed':
      case 'unlock':
      case 'lock':
      case 'settings':
        await this.#command(screen, message)
        return
      default:
        unreachable(message)
    }
  }

  /** What was chosen last is told to the screen that may start it. */
  async #catalogFor(screen: Screen): Promise<Catalog> {
    const { chosen, ...catalog } = this.#addresses.ofCatalog(await this.#parts.catalog())
    const mayStart = this.#controls(screen) && !this.#parts.lock.locked
    return mayStart ? { ...catalog, chosen } : catalog
  }

  async #command(screen: Screen, message: Command): Promise<void> {
    const { monitor, lock } = this.#parts
    const start = (request: DriveRequest) => this.#start(this.#addresses.real(request))
    const isAgain = (request: DriveRequest): boolean => this.#isAgain(this.#addresses.real(request))
    const problem = this.#controls(screen)
      ? await dispatch(message, { monitor, lock, start, isAgain })
      : ONLY_LOOKING
    if (problem !== undefined) screen.tell({ type: 'refused', problem })
  }

  #isAgain(request: DriveRequest): boolean {
    return !this.#running && isDeepStrictEqual(plain(request), plain(this.#request))
  }

  /** Networks are code: only those the server itself found are loaded. */
  async #start(request: DriveRequest): Promise<Problem | undefined> {
    const { ensembles } = await this.#parts.catalog()
    const { directory } = request.ensemble
    if (!ensembles.some((entry) => entry.directory === directory)) return UNKNOWN_ENSEMBLE
    this.#parts.onChoice?.(request)
    this.#next = request
    if (this.#running) this.#parts.monitor.stop()
    else this.#startNext()
    return undefined
  }

  #startNext(): void {
    const request = this.#next
    if (request === undefined || this.#running) return
    this.#next = undefined
    this.#request = request
    this.#running = true
    this.#lateJoinState.clear()
    this.#tellAll({ type: 'starting', request: this.#addresses.ofRequest(request) })
    // A person may want to see a recording again; only the command line is done at its end.
    this.#parts.monitor.start({ ...request, hold: true })
  }

  #setRate(): void {
    const wanted = [...this.#clients.values()].map((feed) => feed.wanted)
    this.#parts.monitor.setPictures(Math.max(0, ...wanted))
  }

  #event(event: MonitorEvent): void {
    if (event.type === 'picture') {
      this.#picture(event)
      return
    }
    this.#lateJoinState.event(event)
    // The events of one frame come in one go, and leave in one message.
    if (this.#batch.length === 0) {
      queueMicrotask(() => {
        this.#flush()
      })
    }
    this.#batch.push(event)
  }

  #flush(): void {
    const events = this.#batch
    this.#batch = []
    this.#tellAll({ type: 'events', events })
    if (!events.some(({ type }) => type === 'ended' || type === 'failed')) return
    this.#running = false
    this.#startNext()
  }

  #picture(picture: PictureEvent): void {
    for (const feed of this.#clients.values()) feed.offer(picture)
  }

  #tellAll(message: ServerMessage): void {
    for (const screen of this.#clients.keys()) screen.tell(message)
  }
}

/** As it comes back from a screen: without what is undefined. */
function plain(request: DriveRequest | undefined): unknown {
  return request === undefined ? undefined : JSON.parse(JSON.stringify(request))
}
