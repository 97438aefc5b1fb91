import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ApiHandler } from '../../app/screens/api/router.ts'

/** Hands `/api/*` to the data API, which knows nothing of fastify; Host, Origin and session were checked. */
export function mountApi(app: FastifyInstance, api: ApiHandler): void {
  // The API reads bodies itself.
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body)
  })
  app.all('/api/*', (request) => api(requestOf(request)))
}

function requestOf({ method, url, headers, body, host, protocol }: FastifyRequest): Request {
  const init = { method, headers: plain(headers) }
  const target = new URL(url, `${protocol}://${host}`)
  return Buffer.isBuffer(body) ? new Request(target, { ...init, body }) : new Request(target, init)
}

function plain(headers: FastifyRequest['headers']): Headers {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    [value].flat().map((each): [string, string] => [name, each ?? '']),
  )
  return new Headers(entries)
}
