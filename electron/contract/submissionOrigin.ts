import { z } from 'zod'

/** What a submission was made of, kept beside it; a run that goes on must be made of the same. */
export const submissionOriginSchema = z.strictObject({
  schema: z.literal('roadward-submission/1'),
  /** Where the pictures are: an absolute path or glob. */
  pictures: z.string(),
  count: z.int().min(1),
  /** SHA-256 of the names in their order. */
  names: z.string(),
  ensemble: z.strictObject({
    id: z.string(),
    version: z.string(),
    /** SHA-256 of the manifest, which holds those of the networks. */
    manifest: z.string(),
  }),
})

export type SubmissionOrigin = z.infer<typeof submissionOriginSchema>
