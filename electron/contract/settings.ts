import { z } from 'zod'
import { sourceOptionsSchema, wirePresetSchema } from './commands.ts'
import { LABEL_LENGTH } from './values.ts'

/**
 * Settings of the installation: kept by the shell in one file, the same for every screen. What is
 * a matter of one screen (language, theme, sound) stays in that screen's browser.
 */

/** Four to eight digits; the only thing that a touch screen on a dashboard can ask for. */
export const pinSchema = z.string().regex(/^\d{4,8}$/)

const kioskSchema = z.boolean()
const autostartSchema = z.boolean()

const recordingSchema = z.object({
  /** Of the driver: none, a few seconds around each alert, or all of the drive. */
  pictures: z.enum(['off', 'clips', 'drive']),
})

const retentionSchema = z.object({
  /** Drives older than this are removed. */
  days: z.int().min(1).max(3650),
  /** The oldest are removed when all of them take more than this. */
  gigabytes: z.number().min(1).max(10_000),
})

/** What new drives are labelled with. */
const labelsSchema = z.object({
  driver: z.string().trim().max(LABEL_LENGTH).optional(),
  vehicle: z.string().trim().max(LABEL_LENGTH).optional(),
})

/** Only the shell sees it, and nobody sees the PIN. */
const pinHashSchema = z.object({
  /** 16 bytes, base64url. */
  salt: z.string().min(1),
  /** scrypt of the PIN, 32 bytes, base64url. */
  hash: z.string().min(1),
})

const SETTINGS_SCHEMA = 'roadward-settings/1'

/**
 * What somebody chose to watch, for the next start of the program. By name where it ships, so that
 * an update brings its own presets and networks along. The address of a stream is kept as it is,
 * with its password, or the next start could not open it; only the owner can read the file.
 */
const watchSchema = z.object({
  source: z.string().min(1),
  options: sourceOptionsSchema.default({}),
  /** Name under `models/`, or a folder. */
  ensemble: z.string().min(1),
  providers: z.array(z.string()).min(1).optional(),
  /** Id of one that ships, or all of one that does not. */
  preset: z.union([z.string().min(1), wirePresetSchema]),
})

/** The file `settings.json`; what an older one lacks is as it was when it came. */
export const settingsFileSchema = z.object({
  schema: z.literal(SETTINGS_SCHEMA).default(SETTINGS_SCHEMA),
  kiosk: kioskSchema.default(false),
  pin: pinHashSchema.optional(),
  autostart: autostartSchema.default(false),
  // Pictures of people are taken only when somebody who may decide it has said so.
  recording: recordingSchema.default({ pictures: 'off' }),
  retention: retentionSchema.default({ days: 30, gigabytes: 20 }),
  labels: labelsSchema.default({}),
  watch: watchSchema.optional(),
})

/** What a screen may see. */
const publicSettingsSchema = z.object({
  kiosk: kioskSchema,
  hasPin: z.boolean(),
  autostart: autostartSchema,
  recording: recordingSchema,
  retention: retentionSchema,
  labels: labelsSchema,
})

/** What a screen may change; what is not named stays. Labels are replaced together. */
export const settingsPatchSchema = z.object({
  kiosk: kioskSchema.optional(),
  /** The empty text takes the PIN away. */
  pin: pinSchema.or(z.literal('')).optional(),
  autostart: autostartSchema.optional(),
  recording: recordingSchema.optional(),
  retention: retentionSchema.optional(),
  labels: labelsSchema.optional(),
})

/** The settings of the installation and how they stand at this moment. */
export const settingsNewsSchema = z.object({
  settings: publicSettingsSchema,
  /** Kiosk mode, and nobody has given the PIN: only looking and acknowledging are allowed. */
  locked: z.boolean(),
  /** After a wrong PIN: from when on another one is listened to. */
  retryInMs: z.number().optional(),
  /** Whether this shell can start with the computer. */
  canAutostart: z.boolean(),
})

export type PinHash = z.infer<typeof pinHashSchema>
export type InstallationSettings = z.infer<typeof settingsFileSchema>
export type PublicSettings = z.infer<typeof publicSettingsSchema>
export type SettingsPatch = z.infer<typeof settingsPatchSchema>
export type WatchChoice = z.infer<typeof watchSchema>
/** What the shell itself may change beside what a screen may. */
export type InstallationPatch = SettingsPatch & { readonly watch?: WatchChoice }
export type SettingsNews = z.infer<typeof settingsNewsSchema>

export function publicSettings(settings: InstallationSettings): PublicSettings {
  const { kiosk, pin, autostart, recording, retention, labels } = settings
  return { kiosk, hasPin: pin !== undefined, autostart, recording, retention, labels }
}
