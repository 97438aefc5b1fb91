import { z } from 'zod'
import type { Preset } from '../core/monitor/preset.ts'
import { millisSchema } from './values.ts'
import { presetSchema } from './preset.ts'

/** What a shell may ask of the engine. Every message is parsed by the engine before it acts. */

export const sourceOptionsSchema = z.object({
  /** Right-hand drive: the picture is mirrored before the networks see it. */
  mirror: z.boolean().optional(),
  /** Clockwise, in degrees. */
  rotate: z.literal([0, 90, 180, 270]).optional(),
  /** Part of the picture to watch, in pixels of the source. */
  region: z
    .object({
      x: z.int().min(0),
      y: z.int().min(0),
      width: z.int().positive(),
      height: z.int().positive(),
    })
    .optional(),
  /** For picture folders, which carry no clock of their own. */
  framesPerSecond: z.number().positive().optional(),
  /** State Farm folders: only these drivers, in the order of the csv. */
  driver: z.array(z.string()).optional(),
  openTimeoutMs: millisSchema.optional(),
})

/** Times the speed of the recording. */
export const rateSchema = z.number().min(0.25).max(8)

/** Raised whenever the monitor's state changes its shape, or decides otherwise on the same frames. */
export const SNAPSHOT_FORMAT = 2

/** Where a drive stood when the engine last said so; opaque to shells, which only hand it back. */
export const snapshotSchema = z.object({
  /** `SNAPSHOT_FORMAT` of the program that wrote it; version 0.1 wrote none. */
  format: z.int().optional(),
  /** The policy's state as `core/monitor` serialises it. */
  monitor: z.unknown(),
  /** Where in the recording the last frame is, over all its drives; undefined for live sources. */
  positionMs: millisSchema.optional(),
  playback: z.object({ playing: z.boolean(), rate: rateSchema }).optional(),
  lastSeq: z.int().min(-1),
  lastTMs: millisSchema,
  /** The machine's monotonic clock (ms) when `lastTMs` was seen: a live source's time goes on. */
  monotonicMs: millisSchema,
})

/** Typed as the core's readonly `Preset`, which is what shells have in hand. */
export const wirePresetSchema: z.ZodType<Preset> = presetSchema

export const startSchema = z.object({
  type: z.literal('start'),
  source: z.object({ uri: z.string().min(1), options: sourceOptionsSchema }),
  ensemble: z.object({
    directory: z.string().min(1),
    /** Execution providers in the order of preference; CUDA, then CPU, when nobody asks. */
    providers: z.array(z.string()).min(1).optional(),
    /** Start without folds that are broken, and say so. */
    allowBroken: z.boolean(),
  }),
  preset: wirePresetSchema,
  /** `realtime` paces recorded sources by their own clock; live sources ignore it. */
  speed: z.enum(['realtime', 'max']),
  /** At its end a recording stays open, paused, for somebody who would like to see it again. */
  hold: z.boolean().optional(),
  resume: snapshotSchema.optional(),
})

/** For recordings played in real time; live sources refuse. */
export const playbackCommandSchemas = [
  z.object({ type: z.literal('play') }),
  z.object({ type: z.literal('pause') }),
  /** Another place of the recording; of many in a row the newest counts. */
  z.object({ type: z.literal('seek'), tMs: millisSchema.min(0) }),
  /** Pauses, and shows the next frame or the one before. */
  z.object({ type: z.literal('step'), frames: z.literal([1, -1]) }),
  z.object({ type: z.literal('rate'), rate: rateSchema }),
] as const

/** More than 15 pictures a second would cost the networks their time and show a driver nothing new. */
export const picturesPerSecondSchema = z.number().min(0).max(15)

export const commandSchema = z.discriminatedUnion('type', [
  startSchema,
  z.object({ type: z.literal('stop') }),
  z.object({ type: z.literal('acknowledge') }),
  ...playbackCommandSchemas,
  /** Vehicle speed for presets that use it; undefined when it is not known any more. */
  z.object({ type: z.literal('speed'), kmh: z.number().min(0).optional() }),
  /** How many pictures a second the screen wants, at most; 0, the default, is none. */
  z.object({ type: z.literal('pictures'), perSecond: picturesPerSecondSchema }),
  /** The last picture was drawn: the next one may come. Without it none does. */
  z.object({ type: z.literal('picture-taken') }),
])

export type Snapshot = z.infer<typeof snapshotSchema>
export type StartCommand = z.infer<typeof startSchema>
export type Command = z.infer<typeof commandSchema>
export type PlaybackCommand = z.infer<(typeof playbackCommandSchemas)[number]>
