import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ClassId } from '../../../../electron/core/labels.ts'
import { unpackBundle } from '../../../../electron/app/exports/evidence/archive.ts'
import { findBrowser } from '../../../../electron/app/exports/chromiumPrinter.ts'
import { router, type ApiHandler } from '../../../../electron/app/screens/api/router.ts'
import type { DriveData } from '../../../../electron/app/screens/driveData.ts'
import { ensureBuilt } from '../../../support/build.ts'
import { jsonLines, roadward, TINY_ENSEMBLE } from '../../../support/cli.ts'
import { pictureVideo } from '../../../support/pictures.ts'
import { openDriveData } from '../../../support/driveData.ts'

const repeat = (id: ClassId, count: number) => Array.from({ length: count }, () => id)

let directory: string
let data: DriveData
let api: ApiHandler

/** Runs `roadward` over the drive of this test. */
const run = (...args: readonly string[]) => roadward([...args, '--data', directory])

const fetched = (route: string) => api(new Request(`http://127.0.0.1${route}`))

beforeAll(async () => {
  await ensureBuilt()
  directory = mkdtempSync(path.join(tmpdir(), 'roadward-exports-'))
  // 25 frames a second: two of safe driving, six of the phone.
  const recording = await pictureVideo([...repeat('c0', 50), ...repeat('c1', 150)])
  const replay = ['replay', recording, '--ensemble', TINY_ENSEMBLE, '--out', directory]
  const { code, stderr } = await roadward([...replay, '--driver', 'Ann'])
  if (code !== 0) throw new Error(stderr)
  data = openDriveData(directory, {
    knowsEnsemble: () => Promise.resolve(false),
    printPdf: (html) => Promise.resolve(new TextEncoder().encode(`%PDF of ${html.length}`)),
  })
  api = router(data.routes, {
    locked: () => false,
    mayControl: () => false,
    onFailure: (thrown) => {
      throw thrown
    },
  })
}, 120_000)

afterAll(async () => {
  await data[Symbol.asyncDispose]()
  rmSync(directory, { recursive: true })
})

describe('a report over the data API', () => {
  it('is a page that may run nothing', async () => {
    const response = await fetched('/api/reports?drive=1&language=zh')
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(response.headers.get('content-disposition')).toContain(
      'inline; filename="roadward-drive-1-',
    )
    const page = await response.text()
    expect(page).toContain('右手打字')
    expect(page).not.toContain('data:image/jpeg')
  })

  it('shows people only coarsened, unless they were asked for as they are', async () => {
    const pictures = async (query: string) => {
      const page = await (await fetched(`/api/reports?drive=1&${query}`)).text()
      return (page.match(/data:image\/jpeg;base64,[^"]+/g) ?? []).join()
    }
    const [blurred, kept] = [await pictures('faces=blur'), await pictures('faces=keep')]
    expect(blurred).not.toBe('')
    expect(kept).not.toBe('')
    expect(blurred).not.toBe(kept)
  })

  it('has the other forms, for those who calculate and those who file', async () => {
    const text = async (query: string) => (await fetched(`/api/reports?${query}`)).text()
    expect(await text('format=csv&driver=Ann')).toContain('critical,c1')
    expect(await text('format=csv&table=drives')).toContain('falseAlertShare')
    expect(jsonLines(await text('format=jsonl')).map(({ type }) => type)).toContain('event')
    expect(await text('format=pdf&drive=1')).toMatch(/^%PDF of \d{5}/)
  })

  it('says so when there is nothing to report, or the question is wrong', async () => {
    const code = async (query: string) => {
      const answer = await fetched(`/api/reports?${query}`)
      const { problem } = (await answer.json()) as { problem: { code: string } }
      return problem.code
    }
    expect(await code('drive=99')).toBe('not-found')
    expect(await code('driver=nobody')).toBe('nothing-to-report')
    expect(await code('from=5&to=4')).toBe('invalid-request')
    expect(await code('faces=all')).toBe('invalid-request')
  })
})

describe('the evidence of an alert', () => {
  it('over the data API is a signed bundle', async () => {
    const response = await fetched('/api/events/1/evidence?faces=keep')
    expect(response.headers.get('content-type')).toBe('application/zip')
    const files = unpackBundle(new Uint8Array(await response.arrayBuffer()))
    if ('problem' in files) throw new Error(files.problem)
    expect([...files.keys()]).toEqual(expect.arrayContaining(['clip.avi', 'event.json']))
  })

  it('is packed and checked on the command line', async () => {
    const bundle = path.join(directory, 'bundle.zip')
    const packed = await run('evidence', '1', '--faces', 'blur', '--by', 'Ann', '--out', bundle)
    expect(packed).toMatchObject({ code: 0, stderr: '' })
    const fingerprint = (await run('key')).stdout.trim()
    const good = await roadward(['verify', bundle, '--key', fingerprint])
    expect(good.code).toBe(0)
    expect(good.stdout).toContain('Nothing was changed')

    const bytes = readFileSync(bundle)
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(bundle, bytes)
    const bad = await roadward(['verify', bundle])
    expect(bad.code).toBe(1)
    expect(bad.stdout).toContain('REFUSED')
    expect((await roadward(['verify', path.join(directory, 'none.zip')])).code).toBe(2)
    expect((await roadward(['verify', bundle, '--key', 'what'])).code).toBe(2)
    // Five processes, of which the first may have to build after an edit.
  }, 180_000)
})

describe('a report on the command line', () => {
  it('is a file named after the drive or what was asked', async () => {
    const out = path.join(directory, 'report.html')
    const { code, stdout } = await run('report', '--drive', '1', '--out', out)
    expect(code).toBe(0)
    expect(stdout).toContain(out)
    expect(readFileSync(out, 'utf8')).toContain('<!doctype html>')
  })

  it('prints a PDF where there is a browser, and says what is missing where there is none', async (test) => {
    const missing = () =>
      findBrowser({ rendererDir: '', env: { PATH: '/nowhere' }, platform: 'linux' })
    expect(missing).toThrow(expect.objectContaining({ code: 'no-browser' }))
    try {
      findBrowser({ rendererDir: '' })
    } catch {
      test.skip('no Chromium, Chrome or Edge on this machine')
    }
    const out = path.join(directory, 'report.pdf')
    const printed = await run(
      'report',
      '--drive',
      '1',
      '--format',
      'pdf',
      '--language',
      'zh',
      '--out',
      out,
    )
    expect(printed).toMatchObject({ code: 0 })
    expect(readFileSync(out).subarray(0, 5).toString()).toBe('%PDF-')
  })

  it('refuses dates and parts of pictures that are none', async () => {
    expect((await run('report', '--from', '2026-02-30')).code).toBe(2)
    expect((await run('report', '--head-zone', '0,0,120,50')).code).toBe(2)
    expect((await run('report', '--driver', 'nobody')).code).toBe(2)
  })
})
