import { z } from 'zod'
import { sourceOptionsSchema, wirePresetSchema } from '../contract/commands.ts'
import type { StoredEvent } from '../contract/archive.ts'
import type { Preset } from '../core/monitor/preset.ts'
import { findPreset } from '../core/monitor/presets/all.ts'
import { ROADWARD } from '../core/monitor/presets/roadward.ts'
import { driveSummarySchema, reviewStateSchema, type DriveSummary } from '../contract/drives.ts'

/** Rows as SQLite gives them, made into what the contract knows. */

const jsonOf = <T extends z.ZodType>(schema: T) =>
  z.string().transform((text) => schema.parse(JSON.parse(text)))

const optionalText = z
  .string()
  .nullable()
  .transform((text) => text ?? undefined)

export const driveRowSchema = z.object({
  id: z.int(),
  started_at: z.number(),
  origin: z.enum(['live', 'recording']),
  status: z.enum(['recording', 'complete', 'interrupted']),
  owner: optionalText,
  uri: z.string(),
  kind: z.enum(['camera', 'stream', 'video', 'pictures', 'statefarm']),
  name: z.string(),
  options: jsonOf(sourceOptionsSchema),
  driver: optionalText,
  vehicle: optionalText,
  note: optionalText,
  ensemble_id: z.string(),
  ensemble_version: z.string(),
  folds: jsonOf(z.array(z.string())),
  fold_hashes: jsonOf(z.array(z.string())),
  provider: z.string(),
  preset_id: z.string(),
  preset: z.string(),
  program_version: z.string(),
  source_hash: optionalText,
  pictures: z.enum(['none', 'clips', 'drive', 'recording']),
  duration_ms: z.number(),
  frames: z.int(),
  batches: z.int(),
  snapshot: optionalText,
})

/**
 * The preset of a drive. One of an earlier version that is not understood any more is stood in for
 * by the shipped one of its name: the events keep what was explained at the time.
 */
export function presetOf({ preset, preset_id: id }: z.infer<typeof driveRowSchema>): Preset {
  const parsed = wirePresetSchema.safeParse(JSON.parse(preset))
  return parsed.success ? parsed.data : { ...(findPreset(id) ?? ROADWARD), id }
}

/** Columns of a line in the list; the others of a drive are large. */
export const SUMMARY_COLUMNS = `d.id, d.started_at, d.origin, d.status, d.uri, d.kind, d.name,
  d.driver, d.vehicle, d.note, d.ensemble_id, d.ensemble_version, d.preset_id, d.duration_ms,
  d.frames, d.pictures,
  (SELECT count(*) FROM events e WHERE e.drive = d.id AND e.level = 'caution') AS cautions,
  (SELECT count(*) FROM events e WHERE e.drive = d.id AND e.level = 'warning') AS warnings,
  (SELECT count(*) FROM events e WHERE e.drive = d.id AND e.level = 'critical') AS criticals,
  (SELECT count(*) FROM events e WHERE e.drive = d.id AND e.review = 'needs-review') AS unreviewed`

const summaryRowSchema = driveRowSchema
  .pick({
    id: true,
    started_at: true,
    origin: true,
    status: true,
    uri: true,
    kind: true,
    name: true,
    driver: true,
    vehicle: true,
    note: true,
    ensemble_id: true,
    ensemble_version: true,
    preset_id: true,
    duration_ms: true,
    frames: true,
    pictures: true,
  })
  .extend({ cautions: z.int(), warnings: z.int(), criticals: z.int(), unreviewed: z.int() })

export function summaryOf(row: unknown): DriveSummary {
  const drive = summaryRowSchema.parse(row)
  const { cautions, warnings, criticals, unreviewed } = drive
  return driveSummarySchema.parse({
    id: drive.id,
    startedAt: drive.started_at,
    origin: drive.origin,
    status: drive.status,
    source: { uri: drive.uri, kind: drive.kind, name: drive.name },
    labels: { driver: drive.driver, vehicle: drive.vehicle, note: drive.note },
    ensemble: { id: drive.ensemble_id, version: drive.ensemble_version },
    preset: drive.preset_id,
    durationMs: drive.duration_ms,
    frames: drive.frames,
    worst:
      criticals > 0 ? 'critical' : warnings > 0 ? 'warning' : cautions > 0 ? 'caution' : undefined,
    alerts: { caution: cautions, warning: warnings, critical: criticals },
    unreviewed,
    pictures: drive.pictures,
  })
}

/** An event with its review. Its JSON is our own and was checked when it came. */
export const eventRowSchema = z.object({
  id: z.int(),
  drive: z.int(),
  ordinal: z.int(),
  event: z.string().transform((text) => JSON.parse(text) as Omit<StoredEvent, 'ordinal'>),
  review: reviewStateSchema,
  review_note: z.string(),
  reviewed_at: z
    .number()
    .nullable()
    .transform((at) => at ?? undefined),
})
