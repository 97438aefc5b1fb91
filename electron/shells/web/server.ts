import type { AddressInfo, Socket } from 'node:net'
import helmet from '@fastify/helmet'
import serveFiles, { type SetHeadersResponse } from '@fastify/static'
import websocket, { type WebSocket } from '@fastify/websocket'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { clientMessageSchema } from '../../contract/web.ts'
import type { ApiHandler } from '../../app/screens/api/router.ts'
import { Access } from './access.ts'
import { mountApi } from './mountApi.ts'
import { CSP } from '../../app/screens/csp.ts'
import type { Hub } from '../../app/screens/hub.ts'
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

/** The screen over HTTP, and the monitor over a WebSocket; closed with `close()`. */
export class WebServer {
  readonly #options: WebServerOptions
  readonly #app: FastifyInstance
  readonly #names: readonly string[]
  readonly #sockets = new Set<Socket>()
  #access: Access | undefined
  #origins: Origins | undefined

  constructor(options: WebServerOptions) {
    this.#options = options
    const { tls } = options
    // Over TLS the same interface: what differs are types of the underlying server.
    this.#app = tls === undefined ? fastify() : fastify({ https: tls })
    this.#names = namesOf(options.host, tls?.cert)
  }

  /** @returns the address with the first token */
  async listen(): Promise<string> {
    const app = this.#app
    app.server.on('connection', (socket) => {
      this.#sockets.add(socket)
      socket.once('close', () => this.#sockets.delete(socket))
    })
    app.addHook('onRequest', (request, reply, done) => {
      if (this.#guard(request, reply)) done()
    })
    await app.register(helmet, this.#headers())
    await app.register(websocket, { options: { maxPayload: MAX_MESSAGE_BYTES } })
    app.get(LIVE, { websocket: true }, (socket) => {
      this.#connect(socket)
    })
    if (this.#options.api !== undefined) mountApi(app, this.#options.api)
    await app.register(serveFiles, { root: this.#options.root, redirect: false, setHeaders })
    const { host, port, tls } = this.#options
    await app.listen({ host, port })
    const { port: actual } = app.server.address() as AddressInfo
    this.#access = new Access(actual, tls !== undefined)
    this.#origins = new Origins(this.#names, actual, tls !== undefined)
    return this.#link(this.#access, actual)
  }

  async close(): Promise<void> {
    // A WebSocket, also one whose request was refused, would hold the server open for ever.
    for (const socket of this.#sockets) socket.destroy()
    await this.#app.close()
  }

  /** @returns whether the request may go on; otherwise it was answered */
  #guard(request: FastifyRequest, reply: FastifyReply): boolean {
    const { host, origin, cookie } = request.headers
    const [path = '', query] = request.url.split('?', 2)
    const access = this.#access
    if (access === undefined || this.#origins?.hostIsOurs(host) !== true) {
      return refuse(reply, 421, REFUSED.host)
    }
    const mustHaveOrigin = path === LIVE
    if ((origin !== undefined || mustHaveOrigin) && !this.#origins.originIsOurs(origin)) {
      return refuse(reply, 403, REFUSED.origin)
    }
    const token = new URLSearchParams(query).get('token')
    if (path === '/' && token !== null) return this.#redeem(access, token, request, reply)
    return access.admits(cookie) || refuse(reply, 401, REFUSED.session)
  }

  #redeem(access: Access, token: string, request: FastifyRequest, reply: FastifyReply): boolean {
    const cookie = access.redeem(token)
    const rest = new URLSearchParams(request.url.split('?', 2)[1])
    rest.delete('token')
    if (cookie !== undefined) {
      void reply.header('set-cookie', cookie)
      this.#options.onLink(this.#link(access, request.socket.localPort ?? 0))
    } else if (!access.admits(request.headers.cookie)) {
      return refuse(reply, 401, REFUSED.session)
    }
    void reply
      .header('cache-control', 'no-store')
      .redirect(rest.size === 0 ? '/' : `/?${rest.toString()}`, 303)
    return false
  }

  #link(access: Access, port: number): string {
    const scheme = this.#options.tls === undefined ? 'http' : 'https'
    const [name = ''] = this.#names
    return `${scheme}://${bracketed(name)}:${port}/?token=${access.token}`
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

  #headers() {
    const tls = this.#options.tls !== undefined
    return {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: CSP,
      },
      hsts: tls,
      xFrameOptions: { action: 'deny' as const },
      referrerPolicy: { policy: 'no-referrer' as const },
    }
  }
}

function refuse(reply: FastifyReply, status: number, text: string): false {
  void reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`)
  return false
}

/** Hashed names never change; the page that names them does. */
function setHeaders(response: SetHeadersResponse, path: string): void {
  const forever = /[\\/]assets[\\/]/.test(path)
  response.setHeader('cache-control', forever ? 'max-age=31536000, immutable' : 'no-store')
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
