import { z } from 'zod'
import { snapshotSchema } from './commands.ts'
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

const predictionEventSchema = z.object({
  type: z.literal('prediction'),
  seq: z.int().min(0),
  tMs: millisSchema,
  probabilities: probabilitiesSchema,
  top: classSchema,
  folds: z.array(z.array(z.number())),
  disagreement: z.number(),
  entropy: z.number(),
  state: driverStateSchema,
  level: levelSchema.optional(),
  truth: classSchema.optional(),
  latencyMs: latencySchema,
  /** Frames a live source dropped so far because the engine was busy. */
  dropped: z.int().min(0),
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
  /** Rule, threshold, timers and probabilities behind the alert: see `core/monitor`. */
  explanation: z.record(z.string(), z.unknown()),
})

const engineEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('hello'), pid: z.int() }),
  z.object({ type: z.literal('heartbeat') }),
  /** The engine is about to block for at most `upToMs`: no heartbeat until then is no hang. */
  z.object({ type: z.literal('busy'), what: z.string(), upToMs: millisSchema }),
  openedSchema,
  z.object({ type: z.literal('drive'), label: z.string() }),
  predictionEventSchema,
  alertEventSchema,
  z.object({ type: z.literal('cleared'), tMs: millisSchema, sinceMs: millisSchema }),
  z.object({
    type: z.literal('state'),
    tMs: millisSchema,
    state: driverStateSchema,
    reason: z.string().optional(),
  }),
  z.object({ type: z.literal('notice'), tMs: millisSchema.optional(), problem: problemSchema }),
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
