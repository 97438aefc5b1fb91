import { X509Certificate } from 'node:crypto'
import { hostname, networkInterfaces } from 'node:os'

/** Addresses of this machine itself. */
const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])

/** Listens on every address that this machine has. */
const WILDCARDS: ReadonlySet<string> = new Set(['0.0.0.0', '::'])

/** RFC 9110, 4.2. */
const DEFAULT_PORTS = { http: 80, https: 443 } as const

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host)
}

/**
 * The names under which the screen may be asked for, the one for the printed link first.
 *
 * @param host where the server listens
 * @param certificate PEM; its owner has vouched for the names in it
 */
export function namesOf(host: string, certificate: Buffer | undefined): readonly string[] {
  const certified = certificate === undefined ? [] : dnsNames(new X509Certificate(certificate))
  const own = WILDCARDS.has(host) ? [...addresses(), hostname()] : [host]
  return [...new Set([...own, ...certified, ...LOOPBACK].map((name) => name.toLowerCase()))]
}

/**
 * A page of a stranger that makes its own name point to 127.0.0.1 (DNS rebinding) sends that name
 * as Host, and is refused.
 */
export class Origins {
  readonly #hosts: ReadonlySet<string>
  readonly #scheme: 'http' | 'https'

  /** @param names as of `namesOf` */
  constructor(names: readonly string[], port: number, secure: boolean) {
    this.#scheme = secure ? 'https' : 'http'
    const hosts = names.map(bracketed)
    // Browsers leave the port of the scheme out of Host and Origin; others may name it.
    const short = port === DEFAULT_PORTS[this.#scheme] ? hosts : []
    this.#hosts = new Set([...hosts.map((host) => `${host}:${port}`), ...short])
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

/** Those that other computers can reach. */
function addresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((each) => each ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address)
}

/** A name with a star would let anybody's page in who can make a name under it. */
function dnsNames({ subjectAltName = '' }: X509Certificate): string[] {
  return subjectAltName
    .split(', ')
    .filter((entry) => entry.startsWith('DNS:') && !entry.includes('*'))
    .map((entry) => entry.slice('DNS:'.length))
}
