import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { chromiumPrinter } from '../../../../electron/app/exports/chromiumPrinter.ts'

/** Above any number that Linux, macOS or Windows give a process. */
const NO_PROCESS = 2 ** 31 - 2

/** Beside the folder that is looked at. */
const ELSEWHERE = tmpdir()

let temporary: string

beforeEach(() => {
  temporary = mkdtempSync(path.join(ELSEWHERE, 'roadward-printing-'))
  vi.stubEnv('TMPDIR', temporary)
})

afterEach(() => {
  vi.unstubAllEnvs()
})

/** A browser that does this with the file it is to write, `$out`. */
function browser(script: string): string {
  const file = path.join(mkdtempSync(path.join(ELSEWHERE, 'roadward-browser-')), 'chromium')
  const out = `for each in "$@"; do case "$each" in --print-to-pdf=*) out="\${each#*=}";; esac; done`
  writeFileSync(file, `#!/bin/sh\n${out}\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}

const printer = (program: string) =>
  chromiumPrinter({ rendererDir: '/nowhere', env: { ROADWARD_CHROMIUM: program } })

describe('printing a report', () => {
  it('leaves nothing in the temporary folder', async () => {
    const print = printer(browser('printf %s %PDF > "$out"'))
    const pdf = await print('<p>somebody', new AbortController().signal)
    expect(Buffer.from(pdf).toString()).toBe('%PDF')
    expect(readdirSync(temporary)).toEqual([])
  })

  it('leaves nothing there either when it is interrupted, and says so', async () => {
    const began = path.join(mkdtempSync(path.join(ELSEWHERE, 'roadward-began-')), 'began')
    const print = printer(browser(`touch '${began}'; exec sleep 600`))
    const end = new AbortController()
    const printed = expect(print('<p>somebody', end.signal)).rejects.toMatchObject({
      code: 'interrupted',
    })
    await vi.waitUntil(() => existsSync(began))
    expect(readdirSync(temporary)).toHaveLength(1)
    end.abort()
    await printed
    expect(readdirSync(temporary)).toEqual([])
  })

  it('removes what a process that was killed has left, but not what another is at', async () => {
    const names = [`roadward-print-${NO_PROCESS}-a`, `roadward-print-${process.pid}-b`, 'else']
    for (const name of names) mkdirSync(path.join(temporary, name))
    const print = printer(browser('printf %s %PDF > "$out"'))
    await print('<p>somebody', new AbortController().signal)
    expect(readdirSync(temporary).sort()).toEqual(names.slice(1).sort())
  })
})
