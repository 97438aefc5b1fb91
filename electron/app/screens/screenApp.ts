import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { ApiHandler } from './api/router.ts'
import { CSP_HEADER } from './csp.ts'

const INDEX = '/index.html'

/** What the built screen is made of; anything else is not served. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
}

export interface ScreenAppOptions {
  /** The built renderer; nothing else is served. */
  readonly root: string
  /** Answers at `/api`; without it nothing does. */
  readonly api?: ApiHandler | undefined
  /** Whether it is served over TLS. */
  readonly tls: boolean
}

/** The screen and the data API over HTTP, the same behind Electron's scheme and the web server. */
export function screenApp({ root, api, tls }: ScreenAppOptions): Hono {
  const app = new Hono()
  app.use(
    secureHeaders({
      xFrameOptions: 'DENY',
      referrerPolicy: 'no-referrer',
      strictTransportSecurity: tls,
    }),
  )
  app.use(async (context, next) => {
    await next()
    // A report brings a stricter one.
    if (!context.res.headers.has('content-security-policy')) {
      context.header('content-security-policy', CSP_HEADER)
    }
  })
  if (api !== undefined) app.all('/api/*', ({ req }) => api(req.raw))
  app.all('/api/*', () => refused(404))
  app.get('*', ({ req }) => screenFile(root, new URL(req.url).pathname))
  app.all('*', () => refused(405))
  return app
}

async function screenFile(root: string, pathname: string): Promise<Response> {
  const route = pathname === '/' ? INDEX : decoded(pathname)
  const type = TYPES[path.extname(route)]
  const file = path.join(root, route)
  // `path.join` has taken every `..` out by now; what is left outside wanted to be there.
  const outside = path.relative(root, file)
  if (type === undefined || outside.startsWith('..') || path.isAbsolute(outside)) {
    return refused(404)
  }
  try {
    // Hashed names never change; the page that names them does.
    const forever = route.startsWith('/assets/')
    const headers = {
      'content-type': type,
      'cache-control': forever ? 'max-age=31536000, immutable' : 'no-store',
    }
    return new Response(await readFile(file), { headers })
  } catch {
    return refused(404)
  }
}

/** What cannot be decoded names no file. */
function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return ''
  }
}

function refused(status: number): Response {
  return new Response('', { status, headers: { 'content-type': 'text/plain' } })
}
