/**
 * Kills the archive process with SIGKILL at random moments while it writes as fast as it can, and
 * looks each time at what is left: `node test/tools/kill-archive.mjs [--kills N] [--seed N]`.
 * Everything that the archive said was written must be there, the database sound, and the
 * pictures whole. Exit code 1 when something was not.
 */

import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'

import Sqlite from 'better-sqlite3'
import { openArchive } from '../../dist/app/recording/openArchive.js'
import { packRows } from '../../dist/archive/driveLog/chunk.js'
import { readEntries, readPicture } from '../../dist/archive/pictureFile.js'
import { ROADWARD } from '../../dist/core/monitor/presets/roadward.js'
import { random } from '../support/random.mjs'

const { values } = parseArgs({
  options: { kills: { type: 'string' }, seed: { type: 'string' }, keep: { type: 'boolean' } },
})
const KILLS = Number(values.kills ?? 300)
/** Frames in a batch: a second's worth. */
const FRAMES = 15
const PICTURES = 10
/** Batches on their way at a time; the recorder has one. */
const LONGEST_LIFE_MS = 250

const directory = mkdtempSync(join(tmpdir(), 'roadward-kill-'))
const draw = random(Number(values.seed ?? 1))
const total = { kills: 0, batches: 0, pictures: 0, lost: 0, most: 0 }
/** @type {string[]} */
const faults = []

/** @param {number} number */
function batchOf(number) {
  const rows = Array.from({ length: FRAMES }, (_, i) => ({
    input: /** @type {const} */ ({ kind: 'gap', tMs: number * 1000 + (i * 1000) / FRAMES }),
    state: /** @type {const} */ ('safe'),
    unsafe: draw(),
  }))
  const chunk = { fromMs: number * 1000, toMs: number * 1000 + 999, rows: packRows(rows) }
  const span = {
    ordinal: number,
    fromMs: chunk.fromMs,
    toMs: chunk.toMs,
    state: /** @type {const} */ ('safe'),
  }
  return {
    number,
    chunks: [chunk],
    spans: [span],
    events: [],
    problems: [],
    durationMs: chunk.toMs,
    frames: (number + 1) * FRAMES,
  }
}

/** @param {number} number */
const picturesOf = (number) =>
  Array.from({ length: PICTURES }, (_, i) => ({
    tMs: number * 1000 + i * 100,
    jpeg: new Uint8Array(8000 + Math.floor(draw() * 8000)).fill(number % 251),
  }))

/** One life of the archive, up to its death. @returns what it had said was written */
async function life() {
  const archive = openArchive(directory)
  const { drive } = await archive.call('begin', {
    startedAt: Date.now(),
    origin: 'live',
    source: { uri: '0', kind: 'camera', name: '0' },
    options: {},
    labels: {},
    ensemble: { id: 'kill', version: '1.0.0' },
    folds: [],
    foldHashes: [],
    provider: 'cpu',
    preset: ROADWARD,
    programVersion: '0',
    pictures: 'drive',
  })
  const written = { drive, batches: 0, pictures: 0, asked: 0 }
  const pid = archive.pid
  const killer = sleep(draw() * LONGEST_LIFE_MS).then(() =>
    process.kill(pid ?? Number.NaN, 'SIGKILL'),
  )
  try {
    for (let number = 0; ; number++) {
      written.asked = number + 1
      await archive.call('append', { drive, ...batchOf(number) })
      written.batches = number + 1
      await archive.call('keepPictures', {
        drive,
        pictures: picturesOf(number),
        last: number % 7 === 6,
      })
      written.pictures = (number + 1) * PICTURES
    }
  } catch {
    await killer
    return written
  }
}

/** @param {Awaited<ReturnType<typeof life>>} written */
function inspect({ drive, batches, pictures, asked }) {
  const db = new Sqlite(join(directory, 'archive.sqlite'))
  const integrity = db.pragma('integrity_check', { simple: true })
  const count = (/** @type {string} */ sql) =>
    /** @type {number} */ (db.prepare(sql).pluck().get(drive))
  const chunks = count('SELECT count(*) FROM chunks WHERE drive = ?')
  const spans = count('SELECT count(*) FROM spans WHERE drive = ?')
  const told = count('SELECT batches FROM drives WHERE id = ?')
  db.close()
  const folder = join(directory, 'clips', `${drive}`)
  const files = pictures > 0 ? readdirSync(folder).map((name) => join(folder, name)) : []
  const entries = files.flatMap((file) => readEntries(file).map((entry) => ({ file, entry })))
  const whole = entries.filter(({ file, entry }) => readPicture(file, entry) !== undefined).length
  const say = (/** @type {string} */ fault) => faults.push(`drive ${drive}: ${fault}`)
  if (integrity !== 'ok') say(`integrity check: ${integrity}`)
  if (chunks < batches) say(`${batches} batches were written, ${chunks} are there`)
  if (chunks !== spans || chunks !== told) say('a batch is there in part')
  if (whole < pictures) say(`${pictures} pictures were written, ${whole} are whole`)
  const lost = asked - chunks
  total.kills += 1
  total.batches += chunks
  total.pictures += whole
  total.lost += lost
  total.most = Math.max(total.most, lost)
}

for (let kill = 0; kill < KILLS; kill++) inspect(await life())

const archive = openArchive(directory)
const { drives } = await archive.call('list', { limit: 500 })
await archive[Symbol.asyncDispose]()
const open = drives.filter(({ status }) => status !== 'interrupted')
if (drives.length !== Math.min(500, KILLS) || open.length > 0)
  faults.push(`${open.length} drives are not marked interrupted`)
if (values.keep !== true) rmSync(directory, { recursive: true })
process.stdout.write(`${JSON.stringify({ ...total, faults })}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
