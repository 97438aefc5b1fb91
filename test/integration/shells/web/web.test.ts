import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DriveRequest } from '../../../../electron/contract/monitorApi.ts'
import { CONTROL_HEADER, type Catalog } from '../../../../electron/contract/web.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { Hub } from '../../../../electron/app/screens/hub.ts'
import { WebServer } from '../../../../electron/shells/web/server.ts'
import { openLock } from '../../../support/openLock.ts'
import { Puppet } from '../../../support/puppet.mjs'
import { get, openLink, ScreenClient } from '../../../support/screenClient.ts'
import { alert, opened, prediction } from '../../../e2e/support/story.mjs'

const DRIVE: DriveRequest = {
  source: { uri: '0', options: {} },
  ensemble: { directory: '/models/tiny', allowBroken: false },
  preset: ROADWARD,
  speed: 'realtime',
}

const CATALOG: Catalog = {
  sources: [{ uri: '0', kind: 'camera', name: 'Camera' }],
  ensembles: [{ id: 'tiny', directory: '/models/tiny', title: 'Tiny', folds: 2 }],
  presets: [ROADWARD],
}

let puppet: Puppet
let server: WebServer
let links: string[]
let port: number

/** A link that was not used yet. */
const link = () => links.at(-1) ?? ''

async function setUp(initial?: DriveRequest): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-web-'))
  await writeFile(path.join(folder, 'secret.txt'), 'not for the screen')
  await mkdir(path.join(folder, 'renderer'))
  await writeFile(path.join(folder, 'renderer/index.html'), '<title>screen</title>')
  puppet = new Puppet()
  const lock = await openLock()
  const catalog = () => Promise.resolve(CATALOG)
  const hub = new Hub({ monitor: puppet, catalog, initial, lock })
  links = []
  server = new WebServer({
    host: '127.0.0.1',
    port: 0,
    tls: undefined,
    root: path.join(folder, 'renderer'),
    hub,
    onLink: (url) => links.push(url),
    api: echo,
  })
  links.push(await server.listen())
  port = Number(new URL(link()).port)
}

/** Stands for the data API: says what it was asked, in words of its own. */
async function echo(request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url)
  const key = request.headers.get(CONTROL_HEADER)
  return Response.json({
    method: request.method,
    pathname,
    search,
    key,
    body: await request.text(),
  })
}

beforeEach(() => setUp(DRIVE))

afterEach(() => server.close())

describe('who may see the screen', () => {
  it('is who opens the link from the terminal: once', async () => {
    const used = new URL(link())
    const answer = await get(port, `/${used.search}&lang=zh`)
    expect(answer.status).toBe(303)
    // The token is gone from the address; what the address asked for stays.
    expect(answer.headers.location).toBe('/?lang=zh')
    const [cookie = ''] = answer.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    const page = await get(port, '/', { cookie: cookie.split(';')[0] ?? '' })
    expect([page.status, page.body]).toEqual([200, '<title>screen</title>'])
    expect((await get(port, `/${used.search}`)).status).toBe(401)
    expect(link()).not.toBe(used.href)
  })

  it('is nobody without a session, with a wrong token or a wrong cookie', async () => {
    const wrong = await Promise.all([
      get(port, '/'),
      get(port, '/?token=wrong'),
      get(port, '/', { cookie: `roadward-${port}=wrong` }),
      get(port, '/index.html'),
    ])
    expect(wrong.map(({ status }) => status)).toEqual([401, 401, 401, 401])
    await expect(ScreenClient.connect(port, '')).rejects.toThrow('401')
  })

  it('is no page under another name that points here', async () => {
    const cookie = await openLink(link())
    const answer = await get(port, '/', { cookie, host: `evil.example:${port}` })
    expect(answer.status).toBe(421)
  })

  it('is no page of another origin, and nothing that hides its origin', async () => {
    const cookie = await openLink(link())
    expect((await get(port, '/', { cookie, origin: 'https://evil.example' })).status).toBe(403)
    await expect(ScreenClient.connect(port, cookie, 'https://evil.example')).rejects.toThrow('403')
    await expect(ScreenClient.connect(port, cookie, '')).rejects.toThrow('403')
  })

  it('sees the built screen and nothing beside it', async () => {
    const cookie = await openLink(link())
    for (const way of [
      '/../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/%2e%2e%5csecret.txt',
      '/%E0%A4%A',
    ]) {
      const answer = await get(port, way, { cookie })
      expect(answer.status, way).toBeGreaterThanOrEqual(400)
      expect(answer.body, way).not.toContain('not for the screen')
    }
  })

  it('answers what nobody asks, and names no fault of its own', async () => {
    const cookie = await openLink(link())
    const answers = await Promise.all(
      ['//', '/nothing.js', '/%00'].map((way) => get(port, way, { cookie })),
    )
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404])
    const posted = await fetch(`http://127.0.0.1:${port}/`, { method: 'POST', headers: { cookie } })
    expect(posted.status).toBe(405)
  })

  it('is told no at addresses that make no sense, which break nothing', async () => {
    const cookie = await openLink(link())
    for (const way of [
      '//',
      '///',
      '//?token=x',
      '/%',
      '/%zz',
      '/\\\\',
      '/?token',
      '/api//',
      '//api/x',
    ]) {
      for (const headers of [{}, { cookie }]) {
        expect((await get(port, way, headers)).status, way).toBeLessThan(500)
      }
    }
    expect((await get(port, '/', { cookie })).status).toBe(200)
  })

  it('gets a policy without exceptions', async () => {
    const cookie = await openLink(link())
    const { headers } = await get(port, '/', { cookie })
    const policy = String(headers['content-security-policy'])
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/unsafe|data:|\*/)
    expect(headers['x-frame-options']).toBe('DENY')
  })
})

describe('the data API', () => {
  it('is asked by those who have a session, with what they sent', async () => {
    expect((await get(port, '/api/drives')).status).toBe(401)
    const cookie = await openLink(link())
    const headers = { cookie, 'content-type': 'application/json', [CONTROL_HEADER]: 'k' }
    const answer = await fetch(`http://127.0.0.1:${port}/api/events/3/review?x=%20`, {
      method: 'POST',
      headers,
      body: '{"note":"seen"}',
    })
    expect(await answer.json()).toEqual({
      method: 'POST',
      pathname: '/api/events/3/review',
      search: '?x=%20',
      key: 'k',
      body: '{"note":"seen"}',
    })
  })
})

describe('a drive on screen', () => {
  it('begins with the first screen and streams its events', async () => {
    const screen = await ScreenClient.connect(port, await openLink(link()))
    await screen.until(() => screen.of('starting').length === 1)
    const events = [opened(), prediction({ tMs: 0, top: 'c1', share: 0.9 })]
    puppet.say([...events, alert('warning', 'c1', 1500, 0)])
    await screen.until(() => screen.events.length === 3)
    expect(screen.of('welcome')).toEqual([
      { type: 'welcome', role: 'control', key: expect.any(String) as string },
    ])
    // What is said in one go arrives in one message.
    expect(screen.of('events')).toHaveLength(1)
    expect(screen.events.map(({ type }) => type)).toEqual(['opened', 'prediction', 'alert'])
    expect(puppet.calls[0]).toBe('start')
  })

  it('is shown to a second screen, which learns how it stands but cannot control it', async () => {
    const first = await ScreenClient.connect(port, await openLink(link()))
    puppet.say([opened(), prediction({ tMs: 0, top: 'c1', share: 0.9 })])
    puppet.say([alert('warning', 'c1', 1500, 0)])
    await first.until(() => first.events.length === 3)
    const second = await ScreenClient.connect(port, await openLink(link()))
    await second.until(() => second.events.length === 3)
    expect(second.of('welcome')).toEqual([{ type: 'welcome', role: 'look' }])
    for (const type of ['acknowledge', 'stop'] as const) second.say({ type })
    second.say({ type: 'start', request: DRIVE })
    await second.until(() => second.of('refused').length === 3)
    expect(second.of('refused')[0]?.problem.code).toBe('only-looking')
    expect(puppet.calls.filter((call) => call !== 'start')).toEqual([])
    first.close()
    await second.until(() => second.of('role').length === 1)
    second.say({ type: 'acknowledge' })
    await puppet.asked('acknowledge')
  })

  it('gives way to another drive, and refuses networks that the server did not find', async () => {
    const screen = await ScreenClient.connect(port, await openLink(link()))
    const other = { ...DRIVE, source: { uri: 'drive.mp4', options: {} } }
    screen.say({ type: 'start', request: other })
    await screen.until(() => screen.of('starting').length === 2)
    expect(puppet.calls.filter((call) => ['start', 'stop'].includes(call))).toEqual([
      'start',
      'stop',
      'start',
    ])
    const ensemble = { directory: '/tmp/evil', allowBroken: true }
    screen.say({ type: 'start', request: { ...DRIVE, ensemble } })
    await screen.until(() => screen.of('refused').length === 1)
    expect(screen.of('refused')[0]?.problem.code).toBe('ensemble-not-found')
  })

  it('offers what there is', async () => {
    const screen = await ScreenClient.connect(port, await openLink(link()))
    screen.say({ type: 'catalog' })
    await screen.until(() => screen.of('catalog').length === 1)
    expect(screen.of('catalog')[0]?.catalog).toEqual(CATALOG)
  })

  it('shows pictures to who asked, one at a time, the newest next', async () => {
    const screen = await ScreenClient.connect(port, await openLink(link()))
    const picture = (seq: number) => ({
      type: 'picture' as const,
      seq,
      tMs: seq * 33,
      width: 4,
      height: 3,
      jpeg: new Uint8Array([255, 216, seq]),
    })
    screen.say({ type: 'pictures', perSecond: 15 })
    await puppet.asked('pictures')
    puppet.say([picture(1), picture(2), picture(3)])
    await screen.until(() => screen.pictures.length === 1)
    screen.say({ type: 'picture-taken' })
    await screen.until(() => screen.pictures.length === 2)
    expect(screen.pictures).toEqual([picture(1), picture(3)])
    expect(puppet.calls).toContain('taken')
  })

  it('ends the conversation with who does not speak the protocol', async () => {
    const screen = await ScreenClient.connect(port, await openLink(link()))
    screen.sayRaw('{"type":"format-disk"}')
    await screen.until(() => screen.closed)
    expect(puppet.calls.filter((call) => call !== 'start')).not.toContain('stop')
  })
})
