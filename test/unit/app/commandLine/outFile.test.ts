import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkOut, writeOut } from '../../../../electron/app/commandLine/outFile.ts'

const folder = mkdtempSync(path.join(tmpdir(), 'roadward-out-'))

describe('where a result goes', () => {
  it('is looked at before the work', () => {
    checkOut(path.join(folder, 'report.html'))
    checkOut(undefined)
    expect(() => {
      checkOut(path.join(folder, 'none', 'report.html'))
    }).toThrow(`there is no folder ${path.join(folder, 'none')}`)
    expect(() => {
      checkOut(folder)
    }).toThrow('it is a folder')
  })

  it('is named where it turns out to be no place at last', async () => {
    const writing = writeOut(folder, new Uint8Array())
    await expect(writing).rejects.toMatchObject({ code: 'out-unwritable' })
  })
})
