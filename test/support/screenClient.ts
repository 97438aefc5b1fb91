import { request, type IncomingHttpHeaders } from 'node:http'
import { WebSocket } from 'ws'
import {
  parseServerMessage,
  unpackPicture,
  type ClientMessage,
  type PictureEvent,
  type ServerMessage,
} from '../../electron/contract/web.ts'
import { Waiting } from './waiting.ts'

export interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A GET with any headers and any path, also those that a browser would tidy up. */
export function get(
  port: number,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      })
    })
    asked.on('error', reject).end()
  })
}

/** Opens a link as a browser would. @returns the session's cookie */
export async function openLink(link: string): Promise<string> {
  const url = new URL(link)
  const { headers } = await get(Number(url.port), `${url.pathname}${url.search}`)
  return headers['set-cookie']?.[0]?.split(';')[0] ?? ''
}

/** A screen without a browser: says and hears messages. */
export class ScreenClient {
  readonly messages: ServerMessage[] = []
  readonly pictures: PictureEvent[] = []
  readonly #socket: WebSocket
  readonly #waiting = new Waiting()
  closed = false

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (isBinary) this.pictures.push(unpackPicture(Uint8Array.from(data).buffer))
      else this.messages.push(parseServerMessage(data.toString('utf8')))
      this.#waiting.look()
    })
    socket.on('close', () => {
      this.closed = true
      this.#waiting.look()
    })
  }

  /** @throws Error with the HTTP status when the server refuses */
  static connect(port: number, cookie: string, origin?: string): Promise<ScreenClient> {
    const headers = { cookie, origin: origin ?? `http://127.0.0.1:${port}` }
    const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, { headers })
    const client = new ScreenClient(socket)
    return new Promise((resolve, reject) => {
      socket.on('open', () => {
        resolve(client)
      })
      socket.on('error', reject)
    })
  }

  say(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message))
  }

  sayRaw(text: string): void {
    this.#socket.send(text)
  }

  of<T extends ServerMessage['type']>(type: T): Extract<ServerMessage, { type: T }>[] {
    return this.messages.filter(
      (message): message is Extract<ServerMessage, { type: T }> => message.type === type,
    )
  }

  get events() {
    return this.of('events').flatMap(({ events }) => events)
  }

  until(condition: () => boolean): Promise<void> {
    return this.#waiting.until(condition)
  }

  close(): void {
    this.#socket.close()
  }
}
