import { z } from 'zod'
import { rateSchema, snapshotSchema } from './commands.ts'
import { statusSchema } from './status.ts'
import {
  classSchema,
  driverStateSchema,
  levelSchema,
  millisSchema,
  probabilitiesSchema,
  problemSchema,
  sourceKindSchema,
} from './values.ts'

/** What the engine tells its shell. Every message is parsed by the shell before it is believed. */

const latencySchema = z.object({
  prepare: millisSchema,
  infer: millisSchema,
  combine: millisSchema,
  /** From the frame in hand to the decision of the policy. */
  total: millisSchema,
})

/** Source, ensemble and provider in use; the first event of a drive, and again after a restart. */
const openedSchema = z.object({
  type: z.literal('opened'),
  source: z.object({
    uri: z.string(),
    kind: sourceKindSchema,
    live: z.boolean(),
    width: z.number().optional(),
    height: z.number().optional(),
    framesPerSecond: z.number().optional(),
    frames: z.number().optional(),
  }),
  ensemble: z.object({ id: z.string(), version: z.string(), folds: z.array(z.string()) }),
  provider: z.string(),
  preset: z.string(),
  /** Longest time the engine may be busy with one frame, measured at warm-up. */
  slowestFrameMs: millisSchema,
})

/** Statistics of the picture's light; see `core/frame`. */
const viewSchema = z.object({
  meanLuma: z.number(),
  stdLuma: z.number(),
  saturated: z.number(),
  changeFromLast: z.number().optional(),
})

const predictionEventSchema = z.object({
  type: z.literal('prediction'),
  seq: z.int().min(0),
  tMs: millisSchema,
  probabilities: probabilitiesSchema,
  top: classSchema,
  folds: z.array(z.array(z.number())),
  disagreement: z.number(),
  entropy: z.number(),
  /** The policy after this frame. */
  status: statusSchema,
  truth: classSchema.optional(),
  latencyMs: latencySchema,
  /** Frames a live source dropped so far because the engine was busy. */
  dropped: z.int().min(0),
  /** What the policy was given beside the prediction. */
  view: viewSchema,
  speedKmh: z.number().optional(),
})

/** Why an alert was raised, enough to check it by hand; see `core/events`. */
export const explanationSchema = z.object({
  preset: z.string(),
  rule: z.string(),
  threshold: z.object({ value: z.number(), unit: z.literal('ms') }),
  timers: z.object({
    ruleMs: millisSchema,
    unsafeMs: millisSchema,
    classMs: millisSchema,
    cumulativeMs: millisSchema.optional(),
  }),
  probabilities: probabilitiesSchema,
  smoothed: probabilitiesSchema,
  unsafe: z.number(),
  speedKmh: z.number().optional(),
})

const alertEventSchema = z.object({
  type: z.literal('alert'),
  tMs: millisSchema,
  level: levelSchema,
  class: classSchema,
  /** Identifier of the rule that fired. */
  rule: z.string(),
  /** Source time at which the unsafe stretch began. */
  sinceMs: millisSchema,
  /** The driver has acknowledged this level: show it, but make no sound. */
  acknowledged: z.boolean(),
  /** For the cab only; no event is recorded. */
  cabOnly: z.boolean(),
  explanation: explanationSchema,
})

/** The alert is over; `level`, `class` and `rule` are the highest and last of it. */
const clearedEventSchema = z.object({
  type: z.literal('cleared'),
  tMs: millisSchema,
  sinceMs: millisSchema,
  level: levelSchema,
  class: classSchema,
  rule: z.string(),
  acknowledged: z.boolean(),
})

/** What the camera sees, for the screen only: the networks were given the frame itself. */
const pictureEventSchema = z.object({
  type: z.literal('picture'),
  seq: z.int().min(0),
  tMs: millisSchema,
  width: z.int().positive(),
  height: z.int().positive(),
  jpeg: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
})

/** How a recording is being played, whenever that changes; live sources have none. */
const playbackEventSchema = z.object({
  type: z.literal('playback'),
  playing: z.boolean(),
  rate: rateSchema,
  /** Position in the whole recording. */
  tMs: millisSchema,
  /** Where in the recording the clock of this drive began: `tMs` of its frames counts from there. */
  originMs: millisSchema,
  /** Undefined where the recording does not say. */
  durationMs: millisSchema.optional(),
  /** Whether one may go to any place of it. */
  seekable: z.boolean(),
  /** It was played to its end, and waits there. */
  atEnd: z.boolean(),
})

/** Kept apart from the union for the web shell, which sends its bytes as they are. */
export const pictureHeaderSchema = pictureEventSchema.omit({ jpeg: true })

export const engineEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), pid: z.int() }),
  z.object({ type: z.literal('heartbeat') }),
  /** Until `opened`, the engine may block for up to `upToMs` at a time: that is no hang. */
  z.object({ type: z.literal('busy'), what: z.string(), upToMs: millisSchema }),
  openedSchema,
  z.object({ type: z.literal('drive'), label: z.string() }),
  playbackEventSchema,
  /**
   * Somebody moved the recording: what follows is not the continuation of what came before. The
   * policy has begun afresh, as nobody can say what happened in between; a jump is not a drive.
   */
  z.object({ type: z.literal('jump'), tMs: millisSchema }),
  predictionEventSchema,
  pictureEventSchema,
  alertEventSchema,
  clearedEventSchema,
  z.object({
    type: z.literal('state'),
    tMs: millisSchema,
    state: driverStateSchema,
    reason: z.string().optional(),
  }),
  z.object({ type: z.literal('notice'), tMs: millisSchema.optional(), problem: problemSchema }),
  /** What the policy was given beside frames; kept with a recorded drive, of no use to screens. */
  z.object({
    type: z.literal('input'),
    kind: z.enum(['gap', 'acknowledge']),
    tMs: millisSchema,
  }),
  z.object({ type: z.literal('snapshot'), snapshot: snapshotSchema }),
  z.object({
    type: z.literal('ended'),
    reason: z.enum(['end-of-source', 'stopped']),
    dropped: z.int().min(0),
    peakMemoryMb: z.number(),
  }),
  z.object({ type: z.literal('failed'), problem: problemSchema }),
])

/** One message carries all events of one frame, so that a crash cannot part them from their snapshot. */
export const engineMessageSchema = z.array(engineEventSchema)

export type EngineEvent = z.infer<typeof engineEventSchema>
export type EngineEventOf<T extends EngineEvent['type']> = Extract<EngineEvent, { type: T }>
