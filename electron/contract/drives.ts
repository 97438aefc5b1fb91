import { z } from 'zod'
import { explanationSchema } from './events.ts'
import { wirePresetSchema } from './commands.ts'
import {
  classSchema,
  LABEL_LENGTH,
  NOTE_LENGTH,
  driverStateSchema,
  levelSchema,
  millisSchema,
  probabilitiesSchema,
  problemSchema,
  sourceKindSchema,
} from './values.ts'

/**
 * What the archive of recorded drives answers at `/api`, the same in every shell. Times in a drive
 * are milliseconds on the drive's own clock; dates are milliseconds since 1970, UTC.
 */

/** What a fleet safety engineer made of an event. */
export const reviewStateSchema = z.enum([
  'needs-review',
  'needs-coaching',
  'coached',
  'dismissed',
  'recognised',
])

export const reviewSchema = z.object({
  state: reviewStateSchema,
  note: z.string().max(NOTE_LENGTH),
  /** Undefined until somebody touched it. */
  changedAt: z.number().optional(),
})

export const driveLabelsSchema = z.object({
  driver: z.string().max(LABEL_LENGTH).optional(),
  vehicle: z.string().max(LABEL_LENGTH).optional(),
  note: z.string().max(NOTE_LENGTH).optional(),
})

const alertCountsSchema = z.object({
  caution: z.int().min(0),
  warning: z.int().min(0),
  critical: z.int().min(0),
})

/** One line in the list of drives. */
export const driveSummarySchema = z.object({
  id: z.int(),
  startedAt: z.number(),
  /** Live drives were recorded as they happened; the others were analysed from a recording. */
  origin: z.enum(['live', 'recording']),
  status: z.enum(['recording', 'complete', 'interrupted']),
  source: z.object({ uri: z.string(), kind: sourceKindSchema, name: z.string() }),
  labels: driveLabelsSchema,
  ensemble: z.object({ id: z.string(), version: z.string() }),
  preset: z.string(),
  durationMs: millisSchema,
  frames: z.int().min(0),
  /** Of the alerts' highest levels. */
  worst: levelSchema.optional(),
  alerts: alertCountsSchema,
  /** Events that still wait for a review. */
  unreviewed: z.int().min(0),
  /** Where pictures come from: kept clips, the whole drive, the recording itself, or nowhere. */
  pictures: z.enum(['none', 'clips', 'drive', 'recording']),
})

/** An alert from its first level to its end; the unit that is reviewed. */
export const driveEventSchema = z.object({
  id: z.int(),
  drive: z.int(),
  /** Source time at which the unsafe stretch began. */
  sinceMs: millisSchema,
  /** The alert rose. */
  tMs: millisSchema,
  /** The alert was over; undefined when the drive ended first. */
  clearedMs: millisSchema.optional(),
  level: levelSchema,
  class: classSchema,
  rule: z.string(),
  acknowledged: z.boolean(),
  /** Every level, renaming and repeat, each with its explanation, in order of time. */
  steps: z
    .array(
      z.object({
        tMs: millisSchema,
        level: levelSchema,
        class: classSchema,
        rule: z.string(),
        explanation: explanationSchema,
        /** What each fold said of that frame, in the order of the drive's folds; none in a what-if. */
        folds: z.array(probabilitiesSchema),
      }),
    )
    .min(1),
  /** Kept pictures around it, on the drive's clock. */
  clip: z.object({ fromMs: millisSchema, toMs: millisSchema }).optional(),
  review: reviewSchema,
})

/** Runs of one state, without holes: what the ribbon shows. */
export const stateSpanSchema = z.object({
  fromMs: millisSchema,
  toMs: millisSchema,
  state: driverStateSchema,
  /** Why nobody was watching. */
  reason: z.string().optional(),
  /** Likeliest unsafe class of an unsafe span. */
  class: classSchema.optional(),
  /** Level of the alert that was up. */
  level: levelSchema.optional(),
})

export const driveSchema = z.object({
  summary: driveSummarySchema,
  preset: wirePresetSchema,
  folds: z.array(z.string()),
  provider: z.string(),
  programVersion: z.string(),
  /** SHA-256 of each fold's file, hex. */
  foldHashes: z.array(z.string()),
  /** SHA-256 of the recording, hex; undefined for live drives. */
  sourceHash: z.string().optional(),
  spans: z.array(stateSpanSchema),
  events: z.array(driveEventSchema),
  problems: z.array(z.object({ tMs: millisSchema.optional(), problem: problemSchema })),
})

export const driveListSchema = z.object({
  drives: z.array(driveSummarySchema),
  /** Of all that match, not of this page. */
  total: z.int().min(0),
})

/** Query of `GET /api/drives`. */
export const driveQuerySchema = z.object({
  /** In names, labels and notes. */
  text: z.string().optional(),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
  /** At least this bad. */
  level: levelSchema.optional(),
  unreviewed: z.enum(['yes']).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(100),
})

/** What another preset would have done with the same predictions. */
export const whatIfSchema = z.object({
  preset: z.string(),
  events: z.array(driveEventSchema.omit({ id: true, drive: true, clip: true, review: true })),
  spans: z.array(stateSpanSchema),
})

/** Where the networks looked: how much P(class) falls when a part of the picture is covered. */
export const heatMapSchema = z.object({
  tMs: millisSchema,
  class: classSchema,
  columns: z.int().positive(),
  rows: z.int().positive(),
  /** Row by row; positive where covering lowers the probability. */
  falls: z.array(z.number()),
  probability: z.number(),
})

/** A recording that is being analysed. */
const analysisSchema = z.object({
  id: z.int(),
  uri: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'skipped', 'failed', 'cancelled']),
  /** 0 to 1; undefined when the length is not known. */
  progress: z.number().optional(),
  leftMs: millisSchema.optional(),
  drive: z.int().optional(),
  problem: problemSchema.optional(),
})

export const analysisRequestSchema = z.object({
  uri: z.string().min(1),
  ensembleDirectory: z.string().min(1),
  preset: wirePresetSchema,
})

/** Answer of `GET /api/analyses`, and of `POST`: one for each driver of a State Farm folder. */
export const analysisListSchema = z.object({ analyses: z.array(analysisSchema) })

export const storageSchema = z.object({
  directory: z.string(),
  databaseBytes: z.number(),
  pictureBytes: z.number(),
  freeBytes: z.number(),
  drives: z.int(),
  purges: z.array(z.object({ at: z.number(), what: z.string(), why: z.string() })),
  problem: problemSchema.optional(),
})

export type ReviewState = z.infer<typeof reviewStateSchema>
export type Review = z.infer<typeof reviewSchema>
export type DriveLabels = z.infer<typeof driveLabelsSchema>
export type DriveSummary = z.infer<typeof driveSummarySchema>
export type DriveEvent = z.infer<typeof driveEventSchema>
export type StateSpan = z.infer<typeof stateSpanSchema>
export type Drive = z.infer<typeof driveSchema>
export type DriveList = z.infer<typeof driveListSchema>
export type DriveQuery = z.infer<typeof driveQuerySchema>
export type WhatIf = z.infer<typeof whatIfSchema>
export type HeatMap = z.infer<typeof heatMapSchema>
export type Analysis = z.infer<typeof analysisSchema>
export type AnalysisList = z.infer<typeof analysisListSchema>
export type AnalysisRequest = z.infer<typeof analysisRequestSchema>
export type Storage = z.infer<typeof storageSchema>
