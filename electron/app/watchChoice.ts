import path from 'node:path'
import type { WatchChoice } from '../contract/settings.ts'
import type { DriveRequest } from '../contract/monitorApi.ts'
import { findPreset } from '../core/monitor/presets/all.ts'
import { ensembleFolder } from './ensembles.ts'
import { MODELS_DIR } from './paths.ts'
import { resolvePreset } from './presets.ts'

/** What is to be kept of a drive that somebody began, to begin it again another day. */
export function choiceOf({ source, ensemble, preset }: DriveRequest): WatchChoice {
  const name = path.relative(MODELS_DIR, ensemble.directory)
  // A package may lie elsewhere next time: an AppImage is unpacked under another name at each start.
  const ships = name !== '' && !name.startsWith('..') && !path.isAbsolute(name)
  return {
    source: source.uri,
    options: source.options,
    ensemble: ships ? name : ensemble.directory,
    providers: ensemble.providers,
    preset: findPreset(preset.id) === undefined ? preset : preset.id,
  }
}

/**
 * @returns the drive that was chosen
 * @throws RoadwardError `ensemble-not-found` or `preset-unknown` where an update took it away
 */
export async function requestOfChoice(choice: WatchChoice): Promise<DriveRequest> {
  const { source, options, ensemble, providers, preset } = choice
  return {
    source: { uri: source, options },
    ensemble: { directory: await ensembleFolder(ensemble), providers, allowBroken: false },
    preset: typeof preset === 'string' ? resolvePreset(preset) : preset,
    speed: 'realtime',
  }
}
