import { analysisRequestSchema } from '../../../contract/drives.ts'
import type { Analyses } from '../../analysis/analyses.ts'
import { idOf } from './driveRoutes.ts'
import { bodyOf, json, type Route } from './router.ts'

/** Recordings that are analysed in the background. */
export function analysisRoutes(analyses: Analyses): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/analyses',
      handle: () => json({ analyses: analyses.list() }),
    },
    {
      method: 'POST',
      path: '/api/analyses',
      handle: async (call) => {
        const request = await bodyOf(call, analysisRequestSchema)
        return json({ analyses: await analyses.add(request) })
      },
    },
    {
      method: 'DELETE',
      path: '/api/analyses/:id',
      handle: (call) => {
        analyses.cancel(idOf(call))
        return json({})
      },
    },
  ]
}
