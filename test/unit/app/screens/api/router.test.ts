import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import { CONTROL_HEADER } from '../../../../../electron/contract/web.ts'
import {
  bodyOf,
  json,
  notFound,
  router,
  type Route,
} from '../../../../../electron/app/screens/api/router.ts'

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/drives/:id/picture',
    handle: ({ params, query }) => json({ ...params, tMs: query.get('tMs') }),
  },
  {
    method: 'POST',
    path: '/api/events/:id/review',
    handle: async (call) => json(await bodyOf(call, z.object({ note: z.string() }))),
  },
  {
    method: 'GET',
    path: '/api/broken',
    handle: () => {
      throw new Error('a pipe burst')
    },
  },
  {
    method: 'GET',
    path: '/api/gone',
    handle: () => {
      throw notFound('drive 7')
    },
  },
]

function setUp(locked = false) {
  const failures: unknown[] = []
  const handler = router(ROUTES, {
    locked: () => locked,
    mayControl: (key) => key === 'the-key',
    onFailure: (thrown) => failures.push(thrown),
  })
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await handler(new Request(`http://localhost${path}`, init))
    return { status: answer.status, body: await answer.json() }
  }
  return { ask, failures }
}

const review = (key: string | undefined, body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: key === undefined ? {} : { [CONTROL_HEADER]: key },
})

describe('the data API', () => {
  it('hands the parts of the path and the query to the route', async () => {
    const { ask } = setUp()
    expect(await ask('/api/drives/a%20b/picture?tMs=40')).toEqual({
      status: 200,
      body: { id: 'a b', tMs: '40' },
    })
  })

  it('lets only the screen in control change something', async () => {
    const { ask } = setUp()
    const body = '{"note":"seen"}'
    expect((await ask('/api/events/3/review', review(undefined, body))).status).toBe(403)
    expect((await ask('/api/events/3/review', review('stale', body))).status).toBe(403)
    expect(await ask('/api/events/3/review', review('the-key', body))).toEqual({
      status: 200,
      body: { note: 'seen' },
    })
  })

  it('shows nothing that was recorded while the kiosk is locked', async () => {
    const { ask } = setUp(true)
    const refused = { status: 403, body: { problem: { code: 'locked' } } }
    expect(await ask('/api/drives/7/picture?tMs=40')).toMatchObject(refused)
    expect(await ask('/api/events/3/review', review('the-key', '{}'))).toMatchObject(refused)
  })

  it('says where a request is wrong', async () => {
    const { ask } = setUp()
    const answer = await ask('/api/events/3/review', review('the-key', '{"note":3}'))
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({
      problem: { code: 'invalid-request', message: expect.stringContaining('at note') as string },
    })
  })

  it('says so when the body is no JSON', async () => {
    const { ask } = setUp()
    const answer = await ask('/api/events/3/review', review('the-key', '{"note"'))
    expect(answer).toMatchObject({ status: 400, body: { problem: { code: 'invalid-request' } } })
  })

  it('answers for what is not there, and for the wrong method', async () => {
    const { ask } = setUp()
    expect((await ask('/api/nothing')).status).toBe(404)
    expect((await ask('/api/broken', { method: 'DELETE' })).status).toBe(404)
    expect((await ask('/api/gone')).body).toMatchObject({
      problem: { code: 'not-found', message: 'There is no drive 7 here.' },
    })
  })

  it('survives a route that fails, and passes on why', async () => {
    const { ask, failures } = setUp()
    expect(await ask('/api/broken')).toMatchObject({
      status: 500,
      body: { problem: { code: 'internal', message: 'a pipe burst' } },
    })
    expect(failures).toEqual([new Error('a pipe burst')])
  })
})
