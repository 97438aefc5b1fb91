/**
 * A live drive on which everything happens that can: engine, archive and viewer are killed and
 * stopped, the camera goes away, stalls, hangs up, changes its size, goes grey and sends rubbish, at
 * random moments: `node test/tools/soak.mjs [--moments N] [--seed N]`, after a build. After each the
 * drive must be watched again, what was in the archive must still be there, and in the end no
 * process may be left. Exit code 1 when something was not.
 */

import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

import { createLog } from '../../dist/app/log.js'
import { DriveData } from '../../dist/app/screens/driveData.js'
import { EngineSupervisor } from '../../dist/app/supervision/supervisor.js'
import { ENGINE_ENTRY } from '../../dist/app/paths.js'
import { ROADWARD } from '../../dist/core/monitor/presets/roadward.js'
import { imencodeJpeg, matFromPixels } from '../../dist/engine/native/opencv.js'
import { random } from '../support/random.mjs'

const { values } = parseArgs({ options: { moments: { type: 'string' }, seed: { type: 'string' } } })
const MOMENTS = Number(values.moments ?? 300)
const ENSEMBLE = fileURLToPath(new URL('../fixtures/ensembles/tiny', import.meta.url))
const CAMERA = fileURLToPath(new URL('../support/mjpegServer.mjs', import.meta.url))
const PERIOD_MS = 50

/** The promise: watched again within two seconds of the camera's return. */
const PROMISED_MS = 2000

/** A fault, not a slow machine. */
const GIVE_UP_MS = 60_000

const draw = random(Number(values.seed ?? 1))
const directory = mkdtempSync(join(tmpdir(), 'roadward-soak-'))
/** @type {string[]} */
const faults = []
/** @type {Set<number>} */
const pids = new Set()

/**
 * @param {number} width
 * @param {number} height
 * @param {number} [channels]
 */
function pictures(width, height, channels = 3) {
  return Array.from({ length: 12 }, (_, n) => {
    const pixels = new Uint8Array(width * height * channels).fill(40 + 12 * n)
    const mat = matFromPixels(pixels, width, height, channels)
    const jpeg = Buffer.from(imencodeJpeg(mat, 90)).toString('base64')
    mat.release()
    return jpeg
  })
}

const USUAL = pictures(160, 120)
const camera = fork(CAMERA, { execArgv: [] })
/** @param {object} message @returns {Promise<{ port: number }>} */
async function tell(message) {
  const answered = once(camera, 'message')
  camera.send(message)
  const [answer] = await answered
  return answer
}
const { port } = await tell({ jpegs: USUAL, periodMs: PERIOD_MS, listen: true })

const log = createLog(false)
const supervisor = new EngineSupervisor({ entry: ENGINE_ENTRY, execPath: process.execPath }, log)
const data = new DriveData({
  directory,
  execPath: process.execPath,
  log,
  supervisor,
  settings: () => ({
    recording: { pictures: 'clips' },
    retention: { days: 30, gigabytes: 20 },
    labels: {},
  }),
  retentionKnown: () => true,
  knowsEnsemble: () => Promise.resolve(false),
})
supervisor.recorder = data

let predictions = 0
let failed = ''
/** @type {Map<string, number>} */
const notices = new Map()
/** @type {() => void} */
let look = () => undefined
supervisor.subscribe((event) => {
  if (event.type === 'prediction') predictions += 1
  if (event.type === 'failed') failed = event.problem.message
  if (event.type === 'notice') {
    notices.set(event.problem.code, (notices.get(event.problem.code) ?? 0) + 1)
  }
  if (supervisor.enginePid !== undefined) pids.add(supervisor.enginePid)
  if (data.archive.pid !== undefined) pids.add(data.archive.pid)
  look()
})

/** Resolves with how long it took until so many more frames were judged. @param {number} count */
async function watchedAgain(count) {
  const wanted = predictions + count
  const startedAt = performance.now()
  const patience = sleep(GIVE_UP_MS, 'late')
  const again = new Promise((resolve) => {
    look = () => {
      if (predictions >= wanted || failed !== '') resolve('again')
    }
  })
  if ((await Promise.race([again, patience])) === 'late') {
    faults.push(`nobody watched for ${GIVE_UP_MS} ms`)
  }
  return performance.now() - startedAt
}

/** @param {number | undefined} pid @param {NodeJS.Signals} signal */
function signal(pid, signal) {
  if (pid === undefined) return
  try {
    process.kill(pid, signal)
  } catch {
    // It died of something else a moment ago.
  }
}

/** @param {() => number | undefined} pidOf */
async function stopFor(pidOf) {
  const pid = pidOf()
  signal(pid, 'SIGSTOP')
  await sleep(200 + draw() * 800)
  signal(pid, 'SIGCONT')
}

/** What may happen; resolves when the camera is as it was. @type {Record<string, () => Promise<unknown>>} */
const HAPPENINGS = {
  'engine killed': async () => signal(supervisor.enginePid, 'SIGKILL'),
  'engine stopped': async () => signal(supervisor.enginePid, 'SIGSTOP'),
  'engine stopped for a moment': () => stopFor(() => supervisor.enginePid),
  'archive killed': async () => signal(data.archive.pid, 'SIGKILL'),
  'archive stopped for a moment': () => stopFor(() => data.archive.pid),
  'camera hangs up': () => tell({ cut: true }),
  'camera away': () => away(500 + draw() * 3000),
  'camera away while the engine is killed': async () => {
    const leaving = away(500 + draw() * 3000)
    await sleep(draw() * 300)
    signal(supervisor.enginePid, 'SIGKILL')
    await leaving
  },
  'camera stalls': () => meanwhile({ state: { mode: 'stall' } }, { state: { mode: 'play' } }),
  'camera says nothing': () =>
    meanwhile({ state: { mode: 'mute' }, cut: true }, { state: { mode: 'play' }, cut: true }),
  'pictures smaller': () => meanwhile({ show: pictures(80, 60) }, { show: USUAL }),
  'pictures larger': () => meanwhile({ show: pictures(320, 240) }, { show: USUAL }),
  'pictures grey': () => meanwhile({ show: pictures(160, 120, 1) }, { show: USUAL }),
  'camera sends rubbish': () =>
    meanwhile({ show: [Buffer.from('no picture').toString('base64')] }, { show: USUAL }),
}

/** @param {number} ms */
async function away(ms) {
  await tell({ listen: false })
  await sleep(ms)
  await tell({ listen: true })
}

/** @param {object} change @param {object} back */
async function meanwhile(change, back) {
  await tell(change)
  await sleep(200 + draw() * 1500)
  await tell(back)
}

/** @returns frames that the archive has of the drive; undefined while it is not there */
async function kept() {
  try {
    const { drives } = await data.archive.call('list', { limit: 1 })
    return drives[0]?.frames
  } catch {
    return undefined
  }
}

supervisor.start({
  source: { uri: `http://127.0.0.1:${port}/stream.mjpg`, options: {} },
  ensemble: { directory: ENSEMBLE, providers: ['cpu'], allowBroken: false },
  preset: ROADWARD,
  speed: 'realtime',
})
await watchedAgain(5)

/** @type {{ what: string, ms: number }[]} */
const times = []
const names = Object.keys(HAPPENINGS)
let frames = 0
for (let moment = 0; moment < MOMENTS && failed === ''; moment += 1) {
  await sleep(draw() * 400)
  const what = names[Math.floor(draw() * names.length)] ?? ''
  frames = Math.max(frames, (await kept()) ?? 0)
  await HAPPENINGS[what]?.()
  times.push({ what, ms: await watchedAgain(3) })
  const now = await kept()
  if (now !== undefined && now < frames) {
    faults.push(`after "${what}" ${now} frames are in the archive, ${frames} were`)
  }
}
if (failed !== '') faults.push(`the drive ended: ${failed}`)

supervisor.stop()
await sleep(500)
await data[Symbol.asyncDispose]()
await supervisor[Symbol.asyncDispose]()
camera.kill('SIGKILL')
await sleep(500)
for (const pid of pids) {
  try {
    process.kill(pid, 0)
    faults.push(`process ${pid} is left`)
  } catch {
    // Gone, as it should be.
  }
}
rmSync(directory, { recursive: true, force: true })

const sorted = times.map(({ ms }) => ms).sort((a, b) => a - b)
const late = times.filter(({ ms }) => ms > PROMISED_MS)
const result = {
  moments: times.length,
  medianMs: Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0),
  slowestMs: Math.round(sorted.at(-1) ?? 0),
  late: late.map(({ what, ms }) => `${what}: ${Math.round(ms)} ms`),
  predictions,
  frames,
  notices: Object.fromEntries(notices),
  faults,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
process.exitCode = faults.length > 0 ? 1 : 0
process.exit()
