import type { SettingsPatch } from '../../../electron/contract/settings.ts'
import {
  isMonitorEvent,
  type DriveRequest,
  type MonitorEvent,
} from '../../../electron/contract/monitorApi.ts'
import {
  parseServerMessage,
  unpackPicture,
  type Catalog,
  type ClientMessage,
} from '../../../electron/contract/web.ts'
import { unreachable } from '../../../electron/core/unreachable.ts'
import type { LinkEvent } from '../stores/driveState.ts'
import type { Link } from './link.ts'
import type { ScreenApi } from './screenApi.ts'

/** `ScreenApi` over any link: a WebSocket, or Electron's bridge. */
export class LinkApi implements ScreenApi {
  readonly #link: Link
  readonly #listeners = new Set<(event: MonitorEvent) => void>()
  readonly #observers = new Set<(event: LinkEvent) => void>()
  #picturesPerSecond = 0
  #controlKey: string | undefined
  #catalogs: ((catalog: Catalog) => void)[] = []

  constructor(link: Link) {
    this.#link = link
    link.connect({
      opened: () => {
        this.#opened()
      },
      lost: () => {
        this.#tell({ type: 'link', link: 'lost' })
      },
      text: (text) => {
        this.#receive(text)
      },
      picture: (bytes) => {
        this.#emit(unpackPicture(bytes))
      },
    })
  }

  get controlKey(): string | undefined {
    return this.#controlKey
  }

  start(request: DriveRequest): void {
    this.#send({ type: 'start', request })
  }

  stop(): void {
    this.#send({ type: 'stop' })
  }

  acknowledge(): void {
    this.#send({ type: 'acknowledge' })
  }

  play(): void {
    this.#send({ type: 'play' })
  }

  pause(): void {
    this.#send({ type: 'pause' })
  }

  seek(tMs: number): void {
    this.#send({ type: 'seek', tMs })
  }

  step(frames: 1 | -1): void {
    this.#send({ type: 'step', frames })
  }

  setRate(rate: number): void {
    this.#send({ type: 'rate', rate })
  }

  unlock(pin: string): void {
    this.#send({ type: 'unlock', pin })
  }

  lock(): void {
    this.#send({ type: 'lock' })
  }

  changeSettings(patch: SettingsPatch): void {
    this.#send({ type: 'settings', patch })
  }

  setSpeed(kmh: number | undefined): void {
    this.#send({ type: 'speed', kmh })
  }

  setPictures(perSecond: number): void {
    this.#picturesPerSecond = perSecond
    this.#send({ type: 'pictures', perSecond })
  }

  pictureTaken(): void {
    this.#send({ type: 'picture-taken' })
  }

  subscribe(listener: (event: MonitorEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => {
      this.#listeners.delete(listener)
    }
  }

  observe(listener: (event: LinkEvent) => void): () => void {
    this.#observers.add(listener)
    return () => {
      this.#observers.delete(listener)
    }
  }

  catalog(): Promise<Catalog> {
    return new Promise((resolve) => {
      this.#catalogs.push(resolve)
      this.#send({ type: 'catalog' })
    })
  }

  #opened(): void {
    this.#tell({ type: 'link', link: 'open' })
    if (this.#picturesPerSecond > 0) this.setPictures(this.#picturesPerSecond)
    if (this.#catalogs.length > 0) this.#send({ type: 'catalog' })
  }

  #receive(text: string): void {
    const message = parseServerMessage(text)
    switch (message.type) {
      case 'welcome':
      case 'role':
        this.#controlKey = message.key
        this.#tell({ type: 'role', role: message.role })
        return
      case 'starting':
      case 'refused':
      case 'settings':
        this.#tell(message)
        return
      case 'catalog':
        for (const resolve of this.#catalogs) resolve(message.catalog)
        this.#catalogs = []
        return
      case 'events':
        for (const event of message.events) {
          if (isMonitorEvent(event)) this.#emit(event)
        }
        return
      default:
        unreachable(message)
    }
  }

  #emit(event: MonitorEvent): void {
    for (const listener of this.#listeners) listener(event)
  }

  #tell(event: LinkEvent): void {
    for (const observer of this.#observers) observer(event)
  }

  /** What is said to a monitor that is away is lost, as it would be to one that was restarted. */
  #send(message: ClientMessage): void {
    this.#link.send(JSON.stringify(message))
  }
}
