import type { Bridge } from '../../../electron/contract/bridge.ts'
import type { Link, LinkListener } from './link.ts'

/** To Electron's main process, which lives as long as this page does: it is never lost. */
export class BridgeLink implements Link {
  readonly #bridge: Bridge

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  connect(listener: LinkListener): void {
    this.#bridge.open({
      text: listener.text,
      picture: (bytes) => {
        listener.picture(Uint8Array.from(bytes).buffer)
      },
    })
    // Whoever made this link listens from the next moment on.
    queueMicrotask(listener.opened)
  }

  send(text: string): void {
    this.#bridge.send(text)
  }
}
