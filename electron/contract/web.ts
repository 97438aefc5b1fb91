import { z } from 'zod'
import {
  picturesPerSecondSchema,
  playbackCommandSchemas,
  startSchema,
  wirePresetSchema,
} from './commands.ts'
import { engineEventSchema, pictureHeaderSchema } from './events.ts'
import type { MonitorEvent } from './monitorApi.ts'
import { pinSchema, settingsNewsSchema, settingsPatchSchema } from './settings.ts'
import { problemSchema } from './values.ts'

/**
 * What crosses the WebSocket of the web shell: JSON both ways, and pictures as binary messages
 * from the server. Each side parses what the other says.
 */

const driveRequestSchema = startSchema.omit({ type: true, resume: true })

/** One client controls, the others look; when it leaves, the next one in line controls. */
const roleSchema = z.enum(['control', 'look'])

/** Header of a change through the data API: the key that the screen in control was given. */
export const CONTROL_HEADER = 'x-roadward-control'

/** Allows changes through the data API; only the screen in control has it. */
const controlKeySchema = z.string().optional()

export const clientMessageSchema = z.discriminatedUnion('type', [
  /** Ends the drive under way, if there is one, and begins this one. */
  z.object({ type: z.literal('start'), request: driveRequestSchema }),
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('acknowledge') }),
  ...playbackCommandSchemas,
  /** Opens a kiosk; what came of it is told with the settings. */
  z.object({ type: z.literal('unlock'), pin: pinSchema }),
  z.object({ type: z.literal('lock') }),
  z.object({ type: z.literal('settings'), patch: settingsPatchSchema }),
  z.object({ type: z.literal('speed'), kmh: z.number().min(0).optional() }),
  z.object({ type: z.literal('pictures'), perSecond: picturesPerSecondSchema }),
  z.object({ type: z.literal('picture-taken') }),
  z.object({ type: z.literal('catalog') }),
])

/** What a person may choose from. */
const catalogSchema = z.object({
  sources: z.array(
    z.object({
      uri: z.string(),
      kind: z.enum(['camera', 'demo', 'given']),
      name: z.string(),
      /** What keeps this user from it. */
      obstacle: z.string().optional(),
    }),
  ),
  ensembles: z.array(
    z.object({
      id: z.string(),
      directory: z.string(),
      title: z.string(),
      version: z.string().optional(),
      folds: z.int().min(0),
      problem: problemSchema.optional(),
    }),
  ),
  presets: z.array(wirePresetSchema),
  /** What was chosen the last time the program ran. */
  chosen: driveRequestSchema.optional(),
})

const serverMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('welcome'), role: roleSchema, key: controlKeySchema }),
  z.object({ type: z.literal('role'), role: roleSchema, key: controlKeySchema }),
  /** A drive begins; its events follow. */
  z.object({ type: z.literal('starting'), request: driveRequestSchema }),
  z.object({ type: z.literal('events'), events: z.array(engineEventSchema) }),
  z.object({ type: z.literal('catalog'), catalog: catalogSchema }),
  settingsNewsSchema.extend({ type: z.literal('settings') }),
  z.object({ type: z.literal('refused'), problem: problemSchema }),
])

export type Role = z.infer<typeof roleSchema>
export type ClientMessage = z.infer<typeof clientMessageSchema>
export type ServerMessage = z.infer<typeof serverMessageSchema>
export type Catalog = z.infer<typeof catalogSchema>
export type PictureEvent = Extract<MonitorEvent, { type: 'picture' }>

/** @throws ZodError or SyntaxError for anything but a server's message */
export function parseServerMessage(text: string): ServerMessage {
  return serverMessageSchema.parse(JSON.parse(text))
}

const LENGTH_BYTES = 4

/** A picture as one binary message: length of the header (uint32, big-endian), header, JPEG. */
export function packPicture({ jpeg, ...header }: PictureEvent): Uint8Array {
  const head = new TextEncoder().encode(JSON.stringify(header))
  const bytes = new Uint8Array(LENGTH_BYTES + head.length + jpeg.length)
  new DataView(bytes.buffer).setUint32(0, head.length)
  bytes.set(head, LENGTH_BYTES)
  bytes.set(jpeg, LENGTH_BYTES + head.length)
  return bytes
}

/** @throws ZodError, SyntaxError or RangeError for anything but a packed picture */
export function unpackPicture(buffer: ArrayBuffer): PictureEvent {
  const length = new DataView(buffer).getUint32(0)
  const head = new Uint8Array(buffer, LENGTH_BYTES, length)
  const header = pictureHeaderSchema.parse(JSON.parse(new TextDecoder().decode(head)))
  return { ...header, jpeg: new Uint8Array(buffer, LENGTH_BYTES + length) }
}
