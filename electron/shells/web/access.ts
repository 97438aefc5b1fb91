import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** 256 bits: nobody guesses it. */
const SECRET_BYTES = 32

/**
 * Who may see the screen: whoever opened a link from the terminal. A link's token works once and
 * becomes a session, so that a link in a browser's history or on a photo of the terminal is dead.
 */
export class Access {
  readonly #cookie: string
  readonly #secure: boolean
  readonly #sessions: Buffer[] = []
  #token: string = secret()

  /**
   * @param port makes the cookie's name: cookies are shared by all ports of a host
   * @param secure over TLS
   */
  constructor(port: number, secure: boolean) {
    this.#cookie = `roadward-${port}`
    this.#secure = secure
  }

  /** The token of the next link. */
  get token(): string {
    return this.#token
  }

  /** @returns the `Set-Cookie` of a new session, or undefined when the token was used or is none */
  redeem(token: string): string | undefined {
    if (!timingSafeEqual(digest(token), digest(this.#token))) return undefined
    this.#token = secret()
    const session = secret()
    this.#sessions.push(digest(session))
    const secure = this.#secure ? '; Secure' : ''
    return `${this.#cookie}=${session}; Path=/; HttpOnly; SameSite=Strict${secure}`
  }

  /** @param cookies the request's `Cookie` header */
  admits(cookies: string | undefined): boolean {
    const values = (cookies ?? '')
      .split(';')
      .map((pair) => pair.trim().split('='))
      .filter(([name]) => name === this.#cookie)
      .map(([, value]) => digest(value ?? ''))
    return values.some((value) => this.#sessions.some((session) => timingSafeEqual(value, session)))
  }
}

function secret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url')
}

/** Equal lengths for the comparison, and no session in memory as it is. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
