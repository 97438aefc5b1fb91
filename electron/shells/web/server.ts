import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type RequestListener,
  type Server,
} from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { WebSocketServer, type WebSocket } from 'ws'
import type { ApiHandler } from '../../app/screens/api/router.ts'
import type { Hub } from '../../app/screens/hub.ts'
import { screenApp } from '../../app/screens/screenApp.ts'
import { clientMessageSchema } from '../../contract/web.ts'
import { Access } from './access.ts'
import { bracketed, namesOf, Origins } from './origins.ts'

export interface WebServerOptions {
  readonly host: string
  /** 0 takes any that is free. */
  readonly port: number
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined
  /** The built renderer; nothing else is served. */
  readonly root: string
  readonly hub: Hub
  /** Answers at `/api`; without it nothing does. */
  readonly api?: ApiHandler | undefined
  /** A link was used up: this is the next one, for another screen. */
  readonly onLink: (url: string) => void
}

const LIVE = '/live'

/** A client that reads nothing for this long (bytes waiting for it) is let go. */
const MAX_BACKLOG_BYTES = 8 * 1024 * 1024

/** A command is small; the largest carries a preset. */
const MAX_MESSAGE_BYTES = 64 * 1024

const REFUSED = {
  host: 'This address is not one that Roadward answers to. 此地址不可用。',
  origin: 'Another page may not talk to Roadward. 不允许其他网页访问。',
  session:
    'Open the link that Roadward printed in the terminal; each works once. 请打开终端里显示的链接，每个链接只能使用一次。',
}

/** What decides whether somebody is let in. */
interface Asker {
  readonly host: string | undefined
  readonly origin: string | undefined
  readonly cookie: string | undefined
}

interface Refusal {
  readonly status: 401 | 403 | 421
  readonly text: string
}

/** The screen over HTTP, and the monitor over a WebSocket; closed with `close()`. */
export class WebServer {
  readonly #options: WebServerOptions
  readonly #server: Server
  readonly #webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES })
  readonly #sockets = new Set<Socket>()
  #access: Access | undefined
  #origins: Origins | undefined

  constructor(options: WebServerOptions) {
    this.#options = options
    const answer = getRequestListener(this.#app().fetch)
    const listener: RequestListener = (request, response) => void answer(request, response)
    const { tls } = options
    this.#server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener)
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    this.#server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      this.#upgrade(request, socket, head)
    })
  }

  /** @returns the address with the first token */
  async listen(): Promise<string> {
    const { host, port, tls } = this.#options
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(port, host, resolve)
    })
    const { port: actual } = this.#server.address() as AddressInfo
    this.#access = new Access(actual, tls !== undefined)
    this.#origins = new Origins(namesOf(host, tls?.cert), actual, tls !== undefined)
    return this.#link(this.#access)
  }

  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve))
    // A WebSocket, also one whose request was refused, would hold the server open for ever.
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #app(): Hono {
    const { root, api, tls } = this.#options
    const app = new Hono()
    app.use(async ({ req }, next) => {
      const [host, origin, cookie] = [
        req.header('host'),
        req.header('origin'),
        req.header('cookie'),
      ]
      const { pathname, searchParams } = new URL(req.url)
      const token = pathname === '/' ? searchParams.get('token') : null
      const refusal = this.#refusal({ host, origin, cookie }, token !== null)
      if (refusal !== undefined) return refused(refusal)
      if (token !== null) return this.#redeem(token, new URL(req.url), cookie)
      await next()
      return undefined
    })
    app.route('/', screenApp({ root, api, tls: tls !== undefined }))
    return app
  }

  /** @param redeems a token is shown, which stands for a session */
  #refusal({ host, origin, cookie }: Asker, redeems: boolean): Refusal | undefined {
    if (this.#origins?.hostIsOurs(host) !== true) return { status: 421, text: REFUSED.host }
    if (origin !== undefined && !this.#origins.originIsOurs(origin)) {
      return { status: 403, text: REFUSED.origin }
    }
    if (redeems || this.#access?.admits(cookie) === true) return undefined
    return { status: 401, text: REFUSED.session }
  }

  #redeem(token: string, target: URL, cookie: string | undefined): Response {
    const session = this.#access?.redeem(token)
    if (session === undefined && this.#access?.admits(cookie) !== true) {
      return refused({ status: 401, text: REFUSED.session })
    }
    if (session !== undefined) this.#options.onLink(this.#link(this.#access))
    target.searchParams.delete('token')
    const headers = new Headers({ 'cache-control': 'no-store', location: `/${target.search}` })
    if (session !== undefined) headers.set('set-cookie', session)
    return new Response(undefined, { status: 303, headers })
  }

  /** A WebSocket tells whose page it is, or is none of a browser. */
  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const { host, origin = '', cookie } = request.headers
    const refusal = this.#refusal({ host, origin, cookie }, false)
    const known = request.url?.split('?')[0] === LIVE
    if (refusal !== undefined || !known) {
      const status = refusal?.status ?? 404
      socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\n\r\n`)
      return
    }
    this.#webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      this.#connect(webSocket)
    })
  }

  #link(access: Access | undefined): string {
    const { host, tls } = this.#options
    const scheme = tls === undefined ? 'http' : 'https'
    const [name = ''] = namesOf(host, tls?.cert)
    const { port } = this.#server.address() as AddressInfo
    return `${scheme}://${bracketed(name)}:${port}/?token=${access?.token ?? ''}`
  }

  #connect(socket: WebSocket): void {
    const client = this.#options.hub.join({
      tell: (message) => {
        send(socket, JSON.stringify(message))
      },
      show: (picture) => {
        send(socket, picture)
      },
    })
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      const parsed = isBinary ? undefined : clientMessageSchema.safeParse(json(data))
      // Our own screen never says anything else; whoever does is not it.
      if (parsed?.success !== true) {
        socket.close(1008, 'not a message of this protocol')
        return
      }
      client.message(parsed.data).catch(() => {
        // The screen connects again and shows meanwhile that nobody is watching.
        socket.close(1011, 'it failed')
      })
    })
    socket.on('close', () => {
      client.leave()
    })
    socket.on('error', () => {
      socket.terminate()
    })
  }
}

function refused({ status, text }: Refusal): Response {
  const headers = { 'content-type': 'text/plain; charset=utf-8' }
  return new Response(`${text}\n`, { status, headers })
}

function send(socket: WebSocket, data: string | Uint8Array): void {
  if (socket.readyState !== socket.OPEN) return
  if (socket.bufferedAmount > MAX_BACKLOG_BYTES) socket.terminate()
  else socket.send(data)
}

function json(data: Buffer): unknown {
  try {
    return JSON.parse(data.toString('utf8'))
  } catch {
    return undefined
  }
}
