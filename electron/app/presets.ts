import { readFileSync } from 'node:fs'
import path from 'node:path'
import { parsePreset } from '../contract/preset.ts'
import { RoadwardError } from '../core/errors.ts'
import type { Preset } from '../core/monitor/preset.ts'
import { findPreset, PRESETS } from '../core/monitor/presets/all.ts'

/**
 * @param nameOrFile id of a preset that ships, or the path of a JSON file with one of the user's own
 * @throws RoadwardError `preset-unknown`, `preset-unreadable`, or what is wrong in the file
 */
export function resolvePreset(nameOrFile: string): Preset {
  const known = findPreset(nameOrFile)
  if (known !== undefined) return known
  if (!nameOrFile.endsWith('.json') && !nameOrFile.includes(path.sep)) {
    throw new RoadwardError(
      'preset-unknown',
      `There is no preset "${nameOrFile}".`,
      `Choose from ${PRESETS.map(({ id }) => id).join(', ')}, or name a JSON file.`,
    )
  }
  return parsePreset(read(nameOrFile), nameOrFile)
}

function read(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new RoadwardError(
      'preset-unreadable',
      `The preset file ${file} cannot be read: ${reason}.`,
      'Check its path and that it is JSON.',
      { cause },
    )
  }
}
