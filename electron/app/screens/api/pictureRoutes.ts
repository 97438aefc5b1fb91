import { z } from 'zod'
import { classSchema } from '../../../contract/values.ts'
import type { DrivePictures } from '../../pictures/drivePictures.ts'
import { bytes, idOf } from './driveRoutes.ts'
import { json, type Route } from './router.ts'

const pictureQuerySchema = z.object({
  tMs: z.coerce.number(),
  width: z.coerce.number().int().min(16).max(3840).default(640),
})

const heatMapQuerySchema = z.object({ tMs: z.coerce.number(), class: classSchema })

/** Time of the frame that the picture shows, on the drive's clock. */
const TIME_HEADER = 'x-roadward-t-ms'

/** What the camera saw, and where the networks looked. */
export function pictureRoutes(pictures: DrivePictures): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/drives/:id/picture',
      handle: async (call) => {
        const { tMs, width } = pictureQuerySchema.parse(Object.fromEntries(call.query))
        const picture = await pictures.picture(idOf(call), tMs, width)
        return bytes(picture.jpeg, 'image/jpeg', { [TIME_HEADER]: `${picture.tMs}` })
      },
    },
    {
      method: 'GET',
      path: '/api/drives/:id/heatmap',
      handle: async (call) => {
        const { tMs, class: id } = heatMapQuerySchema.parse(Object.fromEntries(call.query))
        return json(await pictures.heatMap(idOf(call), tMs, id))
      },
    },
  ]
}
