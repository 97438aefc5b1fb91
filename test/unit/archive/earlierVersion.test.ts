import { join } from 'node:path'
import Sqlite from 'better-sqlite3'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { MIGRATIONS } from '../../../electron/archive/schema.ts'
import { ArchiveFolder, everything, headerOf, record } from './archiveFolder.ts'
import { logOf, sure, tellDrive } from './driveLog.ts'

let folder: ArchiveFolder
beforeEach(() => {
  folder = new ArchiveFolder()
})
afterEach(() => {
  folder[Symbol.dispose]()
})

const TEXTING = [...sure('c0', 20), ...sure('c1', 25)]

describe('a file of an earlier version', () => {
  it('is brought up to date with what it holds', async () => {
    const file = join(folder.directory, 'archive.sqlite')
    const db = new Sqlite(file)
    db.exec(MIGRATIONS[0] ?? '')
    db.pragma('user_version = 1')
    db.exec(`INSERT INTO drives (started_at, origin, status, uri, kind, name, options, ensemble_id,
      ensemble_version, folds, fold_hashes, provider, preset_id, preset, program_version, pictures)
      VALUES (1, 'live', 'complete', '0', 'camera', '0', '{}', 'statefarm', '1.0.0', '[]', '[]',
      'cpu', 'roadward', '{}', '0.1.0', 'none')`)
    db.close()
    const { handlers } = folder.open()
    expect((await handlers.list(everything)).total).toBe(1)
    // Its preset is none that is understood: the shipped one of that name stands in.
    expect((await handlers.get({ drive: 1 })).preset).toEqual(ROADWARD)
    expect(await handlers.heatMap({ drive: 1, tMs: 0, class: 'c1' })).toBeUndefined()
    const after = new Sqlite(file, { readonly: true })
    expect(after.pragma('user_version', { simple: true })).toBe(MIGRATIONS.length)
    after.close()
  })

  it('holds passwords of streams no longer', async () => {
    const secret = 'rtsp://10.0.0.7/user=admin&password=secret&channel=1'
    const before = folder.open()
    const header = headerOf({ source: { uri: secret, kind: 'stream', name: secret } })
    const drive = await record(before, logOf(await tellDrive(TEXTING)), header)
    folder.close(before)
    const after = folder.open()
    const { summary } = await after.handlers.get({ drive })
    expect(summary.source.name).toBe('rtsp://10.0.0.7/user=admin&password=***&channel=1')
    expect((await after.handlers.source({ drive })).uri).not.toContain('secret')
  })

  it('of a later version is refused and left as it is', () => {
    const file = join(folder.directory, 'archive.sqlite')
    const db = new Sqlite(file)
    db.pragma('user_version = 99')
    db.close()
    expect(() => folder.open()).toThrow('later Roadward')
  })
})
