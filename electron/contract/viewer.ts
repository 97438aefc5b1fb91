import { z } from 'zod'
import { sourceOptionsSchema } from './commands.ts'
import { heatMapSchema } from './drives.ts'
import { bytesSchema, method } from './rpc.ts'
import { classSchema, millisSchema } from './values.ts'

/** What the process that looks into recordings can be asked. */

/** A recording, read as it was read when it was analysed. */
const recordingSchema = z.object({ uri: z.string(), options: sourceOptionsSchema })

export const viewerMethods = {
  /** The frame shown at `tMs`; undefined where the recording has none. */
  picture: method(
    z.object({
      recording: recordingSchema,
      tMs: millisSchema,
      /** At most so wide. */
      width: z.int().positive(),
    }),
    z.object({ tMs: millisSchema, jpeg: bytesSchema }).optional(),
  ),
  /** Seconds of work: a hundred predictions. */
  heatMap: method(
    z.object({
      /** A kept picture, or the recording itself. */
      of: z.union([z.object({ jpeg: bytesSchema }), z.object({ recording: recordingSchema })]),
      tMs: millisSchema,
      class: classSchema,
      ensembleDirectory: z.string(),
    }),
    heatMapSchema.optional(),
  ),
}

export type ViewerMethods = typeof viewerMethods
export type Recording = z.infer<typeof recordingSchema>
