import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { ZodError, type z } from 'zod'
import { CONTROL_HEADER } from '../../../contract/web.ts'
import { RoadwardError } from '../../../core/errors.ts'
import type { Problem } from '../../../core/ports.ts'
import { LOCKED } from '../../settings/lock.ts'

/** The data API of every shell: Electron's `app://` and the web server hand their requests to it. */
export type ApiHandler = (request: Request) => Promise<Response>

/** What a route gets; whatever it throws becomes a `Problem` in JSON. */
export interface ApiCall {
  readonly request: Request
  readonly query: URLSearchParams
  /** Named parts of the route's path, decoded. */
  readonly params: Readonly<Record<string, string>>
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Such as `/api/drives/:id/picture`. */
  readonly path: string
  readonly handle: (call: ApiCall) => Promise<Response> | Response
}

export interface RouterOptions {
  /** Whether this is a locked kiosk: the one at the wheel sees the drive under way, not what was recorded. */
  readonly locked: () => boolean
  /** @returns whether the bearer of this key may change something (`CONTROL_HEADER`) */
  readonly mayControl: (key: string) => boolean
  /** Takes what was not expected. */
  readonly onFailure: (thrown: unknown) => void
}

/** Status codes of the errors that a user can cause; everything else is 500. */
const STATUS: Readonly<Record<string, number>> = {
  'not-found': 404,
  'invalid-request': 400,
  'request-too-large': 413,
  'only-looking': 403,
  'no-picture': 404,
  'nothing-to-report': 404,
  superseded: 409,
  'drive-recording': 409,
  'drive-running': 409,
  'live-drive-running': 409,
  'ensemble-not-found': 404,
  'source-not-found': 404,
  'exports-busy': 429,
  'exports-ended': 503,
  'disk-full': 507,
  'archive-missing': 503,
  'archive-died': 503,
}

/** The largest body that a screen sends is a preset with its note. */
const MAX_BODY_BYTES = 1024 * 1024

/** @returns a handler that answers every request, also one that fails */
export function router(routes: readonly Route[], options: RouterOptions): ApiHandler {
  const app = new Hono()
  app.use((context, next) =>
    options.locked()
      ? Promise.resolve(json({ problem: LOCKED }, 403))
      : next().then(() => context.res),
  )
  app.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: () => answerFailure(tooLarge(), options) }))
  for (const { method, path, handle } of routes) {
    app.on(method, path, async ({ req }) => {
      if (method !== 'GET') demandControl(req.raw, options)
      const query = new URL(req.url).searchParams
      return await handle({ request: req.raw, query, params: req.param() })
    })
  }
  app.notFound(({ req }) => answerFailure(notFound(req.path), options))
  app.onError((error) => answerFailure(error, options))
  return async (request) => await app.fetch(request)
}

/** @returns 200 with JSON that nobody keeps */
export function json(value: unknown, status = 200): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'no-store' } })
}

/**
 * @returns the JSON body of a request that changes something
 * @throws ZodError, or RoadwardError `invalid-request` when it is no JSON
 */
export async function bodyOf<T>({ request }: ApiCall, schema: z.ZodType<T>): Promise<T> {
  const text = await request.text()
  try {
    return schema.parse(JSON.parse(text))
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown
    const message = `The request is no JSON: ${thrown.message}.`
    throw new RoadwardError('invalid-request', message, 'Load the page again.', { cause: thrown })
  }
}

export function notFound(what: string): RoadwardError {
  return new RoadwardError('not-found', `There is no ${what} here.`, 'Load the list again.')
}

function tooLarge(): RoadwardError {
  const limit = `${MAX_BODY_BYTES / 1024} KiB`
  return new RoadwardError(
    'request-too-large',
    `The request is larger than ${limit}.`,
    'Shorten it.',
  )
}

function demandControl(request: Request, { mayControl }: RouterOptions): void {
  if (mayControl(request.headers.get(CONTROL_HEADER) ?? '')) return
  throw new RoadwardError(
    'only-looking',
    'This screen may look, not change.',
    'Use the screen in control, or unlock it.',
  )
}

function answerFailure(thrown: unknown, { onFailure }: RouterOptions): Response {
  const error = thrown instanceof ZodError ? invalid(thrown) : thrown
  if (error instanceof RoadwardError) {
    const { code, message, tip } = error
    const problem: Problem = { severity: 'error', code, message, tip }
    return json({ problem }, STATUS[code] ?? 500)
  }
  onFailure(error)
  const message = error instanceof Error ? error.message : String(error)
  return json({ problem: { severity: 'error', code: 'internal', message } }, 500)
}

function invalid(error: ZodError): RoadwardError {
  const [issue] = error.issues
  const where = issue?.path.join('.') ?? ''
  return new RoadwardError(
    'invalid-request',
    `The request is wrong${where === '' ? '' : ` at ${where}`}: ${issue?.message ?? 'not understood'}.`,
    'Load the page again.',
    { cause: error },
  )
}
