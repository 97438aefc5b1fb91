import type { Link, LinkListener } from './link.ts'

const FIRST_RETRY_MS = 500
const LAST_RETRY_MS = 4000

/** To `roadward serve`; connects again for as long as it takes. */
export class WebSocketLink implements Link {
  readonly #url: string
  #socket: WebSocket | undefined
  #retryMs = FIRST_RETRY_MS

  /** @param url of the WebSocket */
  constructor(url: string) {
    this.#url = url
  }

  connect(listener: LinkListener): void {
    const socket = new WebSocket(this.#url)
    socket.binaryType = 'arraybuffer'
    socket.addEventListener('open', () => {
      this.#retryMs = FIRST_RETRY_MS
      listener.opened()
    })
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (data instanceof ArrayBuffer) listener.picture(data)
      else listener.text(String(data))
    })
    socket.addEventListener('close', () => {
      listener.lost()
      setTimeout(() => {
        this.connect(listener)
      }, this.#retryMs)
      this.#retryMs = Math.min(LAST_RETRY_MS, 2 * this.#retryMs)
    })
    this.#socket = socket
  }

  send(text: string): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(text)
  }
}
