import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Protocol } from 'electron'
import { beforeEach, describe, expect, it } from 'vitest'
import { serveApp } from '../../../../electron/shells/electron/appScheme.ts'

type Handler = Parameters<Protocol['handle']>[1]

let ask: (url: string, method?: string) => Promise<{ status: number; text: string; csp: string }>

beforeEach(async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'roadward-scheme-'))
  await writeFile(path.join(folder, 'secret.js'), 'not for the screen')
  await mkdir(path.join(folder, 'screen/assets'), { recursive: true })
  await writeFile(path.join(folder, 'screen/index.html'), '<title>screen</title>')
  await writeFile(path.join(folder, 'screen/assets/app.js'), 'go()')
  await writeFile(path.join(folder, 'screen/notes.txt'), 'of no type that a screen has')
  let handler: Handler | undefined
  serveApp(
    { handle: (_scheme: string, given: Handler) => (handler = given) },
    {
      root: path.join(folder, 'screen'),
      api: (request) => Promise.resolve(new Response(`api ${new URL(request.url).pathname}`)),
    },
  )
  ask = async (url, method = 'GET') => {
    const answer = await handler?.(new Request(url, { method }))
    if (answer === undefined) throw new Error('no handler')
    const csp = answer.headers.get('content-security-policy') ?? ''
    return { status: answer.status, text: await answer.text(), csp }
  }
})

describe('app://roadward', () => {
  it('serves the screen under a policy without exceptions', async () => {
    const page = await ask('app://roadward/index.html')
    expect([page.status, page.text]).toEqual([200, '<title>screen</title>'])
    expect(page.csp).toContain("default-src 'none'")
    expect(page.csp).not.toMatch(/unsafe|data:|\*/)
    expect((await ask('app://roadward/')).text).toBe('<title>screen</title>')
    expect((await ask('app://roadward/assets/app.js')).text).toBe('go()')
  })

  it.each([
    'app://roadward/../secret.js',
    'app://roadward/%2e%2e/secret.js',
    'app://roadward/..%2fsecret.js',
    'app://roadward/..%5csecret.js',
    'app://roadward/%E0%A4%A',
    'app://roadward/notes.txt',
    'app://roadward/missing.js',
    'app://elsewhere/index.html',
  ])('serves nothing else: %s', async (url) => {
    const { status, text } = await ask(url)
    expect([status, text]).toEqual([404, ''])
  })

  it('hands what begins with /api to the data API', async () => {
    expect((await ask('app://roadward/api/drives', 'POST')).text).toBe('api /api/drives')
    expect((await ask('app://roadward/index.html', 'POST')).status).toBe(405)
  })
})
