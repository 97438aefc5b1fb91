import { z } from 'zod'
import { CLASSES } from '../core/labels.ts'

/** Schemas of the small values that messages share. */

/** Names of drivers and vehicles, in UTF-16 units: ours, as much as a list shows. */
export const LABEL_LENGTH = 80

/** What somebody writes beside a drive or an alert: ours, a page of text. */
export const NOTE_LENGTH = 2000

export const classSchema = z.enum(CLASSES)

export const millisSchema = z.number()

/** Ten probabilities in the order of `CLASSES`. */
export const probabilitiesSchema = z.array(z.number().min(0).max(1)).length(CLASSES.length)

export const problemSchema = z.object({
  severity: z.enum(['info', 'warning', 'error']),
  code: z.string(),
  message: z.string(),
  tip: z.string().optional(),
})

export const sourceKindSchema = z.enum(['camera', 'stream', 'video', 'pictures', 'statefarm'])

export const driverStateSchema = z.enum(['safe', 'unsafe', 'unsure', 'blind'])

export const levelSchema = z.enum(['caution', 'warning', 'critical'])
