import { z } from 'zod'
import { snapshotSchema, sourceOptionsSchema, wirePresetSchema } from './commands.ts'
import {
  driveEventSchema,
  driveLabelsSchema,
  driveListSchema,
  driveQuerySchema,
  driveSchema,
  heatMapSchema,
  reviewSchema,
  reviewStateSchema,
  stateSpanSchema,
  storageSchema,
  whatIfSchema,
} from './drives.ts'
import { bytesSchema, method } from './rpc.ts'
import { classSchema, millisSchema, problemSchema, sourceKindSchema } from './values.ts'

/** What the archive process can be asked. Times are as in `drives.ts`. */

const driveId = z.object({ drive: z.int() })
const nothing = z.undefined()

/** What is known of a drive before its first frame. */
const driveHeaderSchema = z.object({
  startedAt: z.number(),
  origin: z.enum(['live', 'recording']),
  source: z.object({ uri: z.string(), kind: sourceKindSchema, name: z.string() }),
  options: sourceOptionsSchema,
  labels: driveLabelsSchema,
  ensemble: z.object({ id: z.string(), version: z.string() }),
  folds: z.array(z.string()),
  foldHashes: z.array(z.string()),
  provider: z.string(),
  preset: wirePresetSchema,
  programVersion: z.string(),
  sourceHash: z.string().optional(),
  /** Of content, ensemble and preset: what has one is not analysed twice. */
  analysisKey: z.string().optional(),
  pictures: z.enum(['none', 'clips', 'drive', 'recording']),
})

/** An event in the making; its number within the drive makes writing it again harmless. */
const storedEventSchema = driveEventSchema
  .omit({ id: true, drive: true, clip: true, review: true })
  .extend({ ordinal: z.int().min(0) })

const storedSpanSchema = stateSpanSchema.extend({ ordinal: z.int().min(0) })

/** Inputs of the policy over at most a second of the drive; see `drives/chunk`. */
const chunkSchema = z.object({
  fromMs: millisSchema,
  toMs: millisSchema,
  rows: bytesSchema,
})

/** One transaction: everything since the last one. */
const batchSchema = driveId.extend({
  /** Counted from 0 within the drive; one that is there already is not written again. */
  number: z.int().min(0),
  chunks: z.array(chunkSchema),
  spans: z.array(storedSpanSchema),
  events: z.array(storedEventSchema),
  problems: z.array(z.object({ tMs: millisSchema.optional(), problem: problemSchema })),
  durationMs: millisSchema,
  frames: z.int().min(0),
  /** Where an analysis goes on after an interruption. */
  snapshot: snapshotSchema.optional(),
})

const pictureSchema = z.object({ tMs: millisSchema, jpeg: bytesSchema })

/** Where an interrupted drive goes on. */
const resumptionSchema = z.object({
  drive: z.int(),
  status: z.enum(['recording', 'complete', 'interrupted']),
  /** Number of the next batch. */
  number: z.int(),
  frames: z.int(),
  startedMs: millisSchema.optional(),
  snapshot: snapshotSchema.optional(),
  span: storedSpanSchema.optional(),
  event: storedEventSchema.optional(),
})

export const archiveMethods = {
  begin: method(driveHeaderSchema, driveId),
  append: method(batchSchema, nothing),
  finish: method(driveId.extend({ status: z.enum(['complete', 'interrupted']) }), nothing),
  /** Pictures to keep, in order of time; `last` ends their file, and the next begin another. */
  keepPictures: method(
    driveId.extend({ pictures: z.array(pictureSchema), last: z.boolean() }),
    nothing,
  ),
  findAnalysis: method(z.object({ key: z.string() }), resumptionSchema.optional()),
  list: method(driveQuerySchema, driveListSchema),
  get: method(driveId, driveSchema),
  /** The drive that an event belongs to. */
  driveOf: method(z.object({ event: z.int() }), driveId),
  /** Packed as `predictionTable.ts` says; 0 buckets are all frames. */
  predictions: method(
    driveId.extend({
      fromMs: millisSchema.optional(),
      toMs: millisSchema.optional(),
      buckets: z.int().min(0).max(20_000).default(0),
    }),
    bytesSchema,
  ),
  /** The last picture kept at or before `tMs`. */
  picture: method(driveId.extend({ tMs: millisSchema }), pictureSchema.optional()),
  /** Times of the pictures that are kept. */
  pictureTimes: method(
    driveId.extend({ fromMs: millisSchema, toMs: millisSchema }),
    z.array(millisSchema),
  ),
  /** Where pictures of the drive come from, and how its source was read. */
  source: method(
    driveId,
    z.object({
      uri: z.string(),
      kind: sourceKindSchema,
      driver: z.string().optional(),
      pictures: z.enum(['none', 'clips', 'drive', 'recording']),
      options: sourceOptionsSchema,
      ensemble: z.object({ id: z.string(), version: z.string() }),
      foldHashes: z.array(z.string()),
    }),
  ),
  /** The recording is at another place now. */
  moved: method(driveId.extend({ uri: z.string() }), nothing),
  setLabels: method(driveId.extend({ labels: driveLabelsSchema }), nothing),
  review: method(
    z.object({ event: z.int(), state: reviewStateSchema, note: z.string().max(2000) }),
    reviewSchema,
  ),
  whatIf: method(driveId.extend({ preset: wirePresetSchema }), whatIfSchema),
  remove: method(driveId, nothing),
  storage: method(z.object({}), storageSchema),
  /** Oldest drives go first when they are older than this, or all together larger. */
  retain: method(
    z.object({ days: z.number().positive().optional(), bytes: z.number().positive().optional() }),
    /** Why none was removed for its age. */
    z.object({ problem: problemSchema.optional() }),
  ),
  heatMap: method(
    driveId.extend({ tMs: millisSchema, class: classSchema }),
    heatMapSchema.optional(),
  ),
  keepHeatMap: method(driveId.extend({ map: heatMapSchema }), nothing),
}

export type ArchiveMethods = typeof archiveMethods
export type DriveHeader = z.infer<typeof driveHeaderSchema>
export type StoredEvent = z.infer<typeof storedEventSchema>
export type StoredSpan = z.infer<typeof storedSpanSchema>
export type Chunk = z.infer<typeof chunkSchema>
export type Batch = z.infer<typeof batchSchema>
export type Resumption = z.infer<typeof resumptionSchema>
