import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Protocol } from 'electron'
import { APP_ORIGIN } from '../../contract/bridge.ts'
import type { ApiHandler } from '../../app/screens/api/router.ts'
import { CSP_HEADER } from '../../app/screens/csp.ts'

const SCHEME = 'app'
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

/** To be called before Electron is ready. `app:` is to the page what `https:` is, without a network. */
export function declareAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

export interface AppFiles {
  /** The built renderer; nothing else is served. */
  readonly root: string
  /** Answers at `/api`; without it nothing does. */
  readonly api: ApiHandler | undefined
}

export function serveApp(protocol: Pick<Protocol, 'handle'>, files: AppFiles): void {
  protocol.handle(SCHEME, (request) => answer(request, files))
}

async function answer(request: Request, { root, api }: AppFiles): Promise<Response> {
  const url = new URL(request.url)
  if (`${url.protocol}//${url.host}` !== APP_ORIGIN) return refused(404)
  if (url.pathname.startsWith('/api/')) return api === undefined ? refused(404) : api(request)
  if (request.method !== 'GET') return refused(405)
  const route = url.pathname === '/' ? INDEX : decoded(url.pathname)
  const type = TYPES[path.extname(route)]
  const file = path.join(root, route)
  // `path.join` has taken every `..` out by now; what is left outside wanted to be there.
  const outside = path.relative(root, file)
  if (type === undefined || outside.startsWith('..') || path.isAbsolute(outside)) {
    return refused(404)
  }
  try {
    const headers = {
      'content-type': type,
      'content-security-policy': CSP_HEADER,
      'x-content-type-options': 'nosniff',
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
  const headers = { 'content-type': 'text/plain', 'content-security-policy': CSP_HEADER }
  return new Response('', { status, headers })
}
