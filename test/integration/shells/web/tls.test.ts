import { readFileSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { Hub } from '../../../../electron/app/screens/hub.ts'
import { WebServer } from '../../../../electron/shells/web/server.ts'
import { openLock } from '../../../support/openLock.ts'
import { Puppet } from '../../../support/puppet.mjs'
import type { Answer } from '../../../support/screenClient.ts'

const pem = (name: string): Buffer =>
  readFileSync(new URL(`../../../fixtures/tls/${name}.pem`, import.meta.url))
const TLS = { cert: pem('cert'), key: pem('key') }

let server: WebServer | undefined

async function listenOn(host: string): Promise<URL> {
  const root = await mkdtemp(path.join(tmpdir(), 'roadward-tls-'))
  await writeFile(path.join(root, 'index.html'), '<title>screen</title>')
  const catalog = () => Promise.resolve({ sources: [], ensembles: [], presets: [] })
  const hub = new Hub({
    monitor: new Puppet(),
    catalog,
    initial: undefined,
    lock: await openLock(),
  })
  server = new WebServer({ host, port: 0, tls: TLS, root, hub, onLink: () => undefined })
  return new URL(await server.listen())
}

/** Over loopback, under any name; the certificate is checked for `localhost`. */
function get(link: URL, route: string, host: string, cookie = ''): Promise<Answer> {
  const headers = { host: `${host}:${link.port}`, cookie }
  const target = { host: '127.0.0.1', servername: 'localhost', port: link.port, path: route }
  return new Promise((resolve, reject) => {
    const asked = request({ ...target, headers, ca: TLS.cert, agent: false }, (response) => {
      let body = ''
      response.setEncoding('utf8').on('data', (text: string) => (body += text))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body })
      })
    })
    asked.on('error', reject).end()
  })
}

afterEach(() => server?.close())

describe('the screen over TLS', () => {
  it('gives a cookie that never leaves TLS, and the monitor over wss', async () => {
    const link = await listenOn('127.0.0.1')
    expect(link.protocol).toBe('https:')
    const answer = await get(link, `/${link.search}`, '127.0.0.1')
    const [cookie = ''] = answer.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; HttpOnly; SameSite=Strict; Secure$/)
    const session = cookie.split(';')[0] ?? ''
    const page = await get(link, '/', '127.0.0.1', session)
    expect(page.body).toBe('<title>screen</title>')
    expect(page.headers['strict-transport-security']).toContain('max-age')
    const origin = `https://127.0.0.1:${link.port}`
    const socket = new WebSocket(`wss://127.0.0.1:${link.port}/live`, {
      headers: { cookie: session, origin },
      ca: TLS.cert,
    })
    const first = await new Promise<string>((resolve, reject) => {
      socket.once('message', (data: Buffer) => {
        resolve(data.toString('utf8'))
      })
      socket.once('error', reject)
    })
    expect(JSON.parse(first)).toMatchObject({ type: 'welcome', role: 'control' })
    socket.close()
  })

  it('answers, where it listens everywhere, to its own addresses and to no other name', async () => {
    const link = await listenOn('0.0.0.0')
    // The link must be one that another computer can open.
    expect(link.hostname).not.toBe('0.0.0.0')
    const statuses = await Promise.all(
      [link.hostname, 'localhost', 'evil.example'].map(
        async (host) => (await get(link, `/${link.search.replace(/.$/, '')}`, host)).status,
      ),
    )
    // 401: asked properly, with a token that is none.
    expect(statuses).toEqual([401, 401, 421])
  })
})
