import { z } from 'zod'
import { classSchema, driverStateSchema, levelSchema, millisSchema } from './values.ts'

/** The policy between its events, for screens: `MonitorStatus` of `core/status` on the wire. */
export const statusSchema = z.object({
  driver: driverStateSchema,
  blindReason: z.string().optional(),
  top: classSchema.optional(),
  unsafe: z.number().optional(),
  level: levelSchema.optional(),
  class: classSchema.optional(),
  rule: z.string().optional(),
  sinceMs: millisSchema.optional(),
  acknowledged: z.boolean(),
  latched: z.boolean(),
  lockedOut: z.boolean(),
  dwellMs: millisSchema,
  next: z
    .object({
      level: levelSchema,
      rule: z.string(),
      elapsedMs: millisSchema,
      thresholdMs: millisSchema,
    })
    .optional(),
  cumulative: z
    .object({ usedMs: millisSchema, allowedMs: millisSchema, windowMs: millisSchema })
    .optional(),
  attentiveMs: millisSchema,
  clearMs: millisSchema,
  cap: z.union([levelSchema, z.literal('off')]).optional(),
})
