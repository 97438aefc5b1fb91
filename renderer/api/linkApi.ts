import type { DriveRequest, MonitorEvent } from '../../electron/contract/monitorApi.ts'
import {
  parseServerMessage,
  unpackPicture,
  type Catalog,
  type ClientMessage,
} from '../../electron/contract/web.ts'
import { unreachable } from '../../electron/core/unreachable.ts'
import type { LinkEvent } from '../stores/driveState.ts'
import type { ScreenApi } from './screenApi.ts'

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 4000

/** `ScreenApi` over the WebSocket of `roadward serve`; connects again for as long as it takes. */
export class SocketApi implements ScreenApi {
  readonly #url: string
  readonly #listeners = new Set<(event: MonitorEvent) => void>()
  readonly #observers = new Set<(event: LinkEvent) => void>()
  #socket: WebSocket | undefined
  #retryMs = FIRST_RETRY_MS
  #picturesPerSecond = 0
  #controlKey: string | undefined
  #catalogs: ((catalog: Catalog) => void)[] = []

  /** @param url of the WebSocket */
  constructor(url: string) {
    this.#url = url
    this.#connect()
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

  #connect(): void {
    const socket = new WebSocket(this.#url)
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      this.#retryMs = FIRST_RETRY_MS
      this.#tell({ type: 'link', link: 'open' })
      if (this.#picturesPerSecond > 0) this.setPictures(this.#picturesPerSecond)
      if (this.#catalogs.length > 0) this.#send({ type: 'catalog' })
    })
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) this.#emit(unpackPicture(data))
      else this.#receive(String(data))
    })
    socket.addEventListener('close', () => {
      this.#tell({ type: 'link', link: 'lost' })
      setTimeout(() => {
        this.#connect()
      }, this.#retryMs)
      this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs)
    })
    this.#socket = socket
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
        this.#tell(message)
        return
      case 'catalog':
        for (const resolve of this.#catalogs) resolve(message.catalog)
        this.#catalogs = []
        return
      case 'events':
        for (const event of message.events) {
          if (isForScreens(event)) this.#emit(event)
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
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message))
  }
}

function isForScreens(event: { readonly type: string }): event is MonitorEvent {
  return !['hello', 'heartbeat', 'busy', 'snapshot'].includes(event.type)
}
