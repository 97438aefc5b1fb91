import { z } from 'zod'
import { reviewStateSchema } from '../../../contract/drives.ts'
import { NOTE_LENGTH } from '../../../contract/values.ts'
import type { ArchiveClient } from '../../recording/openArchive.ts'
import { idOf } from './driveRoutes.ts'
import { bodyOf, json, type Route } from './router.ts'

const reviewRequestSchema = z.object({
  state: reviewStateSchema,
  note: z.string().max(NOTE_LENGTH),
})

/** What a fleet safety engineer makes of events. */
export function reviewRoutes(archive: ArchiveClient): Route[] {
  return [
    {
      method: 'POST',
      path: '/api/events/:id/review',
      handle: async (call) => {
        const review = await bodyOf(call, reviewRequestSchema)
        return json(await archive.call('review', { event: idOf(call), ...review }))
      },
    },
  ]
}
