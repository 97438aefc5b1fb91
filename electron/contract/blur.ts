import { z } from 'zod'
import { headZoneSchema } from './exports.ts'
import { bytesSchema, method } from './rpc.ts'

/** What the process that makes people unrecognisable can be asked. */
export const blurMethods = {
  /** The picture again, without what shows who is in it; undefined where the bytes are no picture. */
  blur: method(z.object({ jpeg: bytesSchema, zone: headZoneSchema }), bytesSchema.optional()),
}

export type BlurMethods = typeof blurMethods
