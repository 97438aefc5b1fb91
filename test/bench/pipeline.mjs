import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { ROADWARD } from '../../dist/core/monitor/presets/roadward.js'
import { createLog } from '../../dist/app/log.js'
import { ENGINE_ENTRY } from '../../dist/app/paths.js'
import { EngineSupervisor } from '../../dist/app/supervision/supervisor.js'

/** The first frames pay for opening and cold caches; steady state is what a drive is made of. */
const WARM_UP = 20

/**
 * The whole product over a video, as `watch --speed max` runs it: supervised engine process,
 * decoding, preparation, folds, filter, policy, messages.
 *
 * @param {string} video
 * @param {string} ensembleFolder
 * @returns {Promise<{ framesPerSecond: number, peakMemoryMb: number }>} frames a second between
 *   the end of the warm-up and the last prediction received; peak resident memory of the engine
 */
export function pipeline(video, ensembleFolder) {
  const supervisor = new EngineSupervisor(
    { entry: ENGINE_ENTRY, execPath: process.execPath },
    createLog(false),
  )
  return new Promise((resolve, reject) => {
    let frames = 0
    let startedAt = 0
    let lastAt = 0
    supervisor.subscribe((event) => {
      if (event.type === 'prediction') {
        frames += 1
        lastAt = performance.now()
        if (frames === WARM_UP) startedAt = lastAt
      }
      if (event.type === 'failed') reject(new Error(event.problem.message))
      if (event.type === 'ended') {
        const framesPerSecond = (frames - WARM_UP) / ((lastAt - startedAt) / 1000)
        resolve({ framesPerSecond, peakMemoryMb: event.peakMemoryMb })
      }
    })
    supervisor.start({
      source: { uri: video, options: {} },
      ensemble: { directory: ensembleFolder, providers: ['cpu'], allowBroken: false },
      preset: ROADWARD,
      speed: 'max',
    })
  })
}
