import { settingsFileSchema, type InstallationSettings } from '../../contract/settings.ts'

export interface Repaired {
  readonly settings: InstallationSettings
  /** Paths of the fields that were replaced by what a new installation has. */
  readonly replaced: readonly string[]
}

/** As deep as the settings go; more rounds would mean that nothing can be kept. */
const ROUNDS = 20

/**
 * Keeps of a settings file all that can be understood: a field that cannot is left out, then what
 * holds it, and nothing else is lost with it.
 *
 * @param json the parsed file
 * @returns undefined where it holds no settings at all
 */
export function repairSettings(json: unknown): Repaired | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const kept = structuredClone(json) as Record<string, unknown>
  const replaced: string[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const parsed = settingsFileSchema.safeParse(kept)
    if (parsed.success) return { settings: parsed.data, replaced }
    const path = (parsed.error.issues[0]?.path ?? []).map(String)
    if (path.length === 0) return undefined
    replaced.push(path.join('.'))
    putDefault(kept, path)
  }
  return undefined
}

/** In place of the field: what a new installation has there, if it has anything. */
function putDefault(json: Record<string, unknown>, path: readonly string[]): void {
  const [first = '', ...rest] = path
  const fresh = settingsFileSchema.parse({}) as Readonly<Record<string, unknown>>
  const holder = json[first]
  const freshHolder = fresh[first]
  const [field] = rest
  if (field === undefined || !isRecord(holder) || !isRecord(freshHolder)) {
    Reflect.deleteProperty(json, first)
    return
  }
  const value = freshHolder[field]
  if (value === undefined) Reflect.deleteProperty(holder, field)
  else holder[field] = value
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
