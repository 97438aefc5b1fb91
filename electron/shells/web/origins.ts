/** Addresses of this machine itself. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host)
}

/**
 * The names under which the screen may be asked for. A page of a stranger that makes its own name
 * point to 127.0.0.1 (DNS rebinding) sends that name as Host, and is refused.
 */
export class Origins {
  readonly #hosts: ReadonlySet<string>
  readonly #scheme: string

  /** @param host where the server listens */
  constructor(host: string, port: number, secure: boolean) {
    const names = isLoopback(host) ? [...LOOPBACK] : [host, ...LOOPBACK]
    this.#hosts = new Set(names.map((name) => `${bracketed(name)}:${port}`))
    this.#scheme = secure ? 'https' : 'http'
  }

  hostIsOurs(host: string | undefined): boolean {
    return host !== undefined && this.#hosts.has(host.toLowerCase())
  }

  /** @param origin of the page that asks; browsers send it with every WebSocket */
  originIsOurs(origin: string | undefined): boolean {
    const [scheme, host] = (origin ?? '').split('://')
    return scheme === this.#scheme && this.hostIsOurs(host)
  }
}

export function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
