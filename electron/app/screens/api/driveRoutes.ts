import { z } from 'zod'
import { wirePresetSchema } from '../../../contract/commands.ts'
import { driveLabelsSchema, driveQuerySchema } from '../../../contract/drives.ts'
import type { ArchiveClient } from '../../recording/openArchive.ts'
import { bodyOf, json, type ApiCall, type Route } from './router.ts'

const predictionsQuerySchema = z.object({
  fromMs: z.coerce.number().optional(),
  toMs: z.coerce.number().optional(),
  buckets: z.coerce.number().int().min(0).max(20_000).default(0),
})

const whatIfRequestSchema = z.object({ preset: wirePresetSchema })

const idSchema = z.coerce.number().int().positive()

/** @throws ZodError where the address holds no number */
export function idOf({ params }: ApiCall): number {
  return idSchema.parse(params['id'])
}

/** Drives: the list, one of them, what was predicted, and what another preset would have done. */
export function driveRoutes(archive: ArchiveClient): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/drives',
      handle: async ({ query }) =>
        json(await archive.call('list', driveQuerySchema.parse(Object.fromEntries(query)))),
    },
    {
      method: 'GET',
      path: '/api/drives/:id',
      handle: async (call) => json(await archive.call('get', { drive: idOf(call) })),
    },
    {
      method: 'GET',
      path: '/api/drives/:id/predictions',
      handle: async (call) => {
        const query = predictionsQuerySchema.parse(Object.fromEntries(call.query))
        return bytes(
          await archive.call('predictions', { drive: idOf(call), ...query }),
          'application/octet-stream',
        )
      },
    },
    {
      method: 'POST',
      path: '/api/drives/:id/labels',
      handle: async (call) => {
        const labels = await bodyOf(call, driveLabelsSchema)
        await archive.call('setLabels', { drive: idOf(call), labels })
        return json(labels)
      },
    },
    {
      method: 'POST',
      path: '/api/drives/:id/what-if',
      handle: async (call) => {
        const { preset } = await bodyOf(call, whatIfRequestSchema)
        return json(await archive.call('whatIf', { drive: idOf(call), preset }))
      },
    },
    {
      method: 'DELETE',
      path: '/api/drives/:id',
      handle: async (call) => {
        await archive.call('remove', { drive: idOf(call) })
        return json({})
      },
    },
  ]
}

export function bytes(
  body: Uint8Array,
  type: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  return new Response(new Uint8Array(body), {
    headers: { 'content-type': type, 'cache-control': 'no-store', ...headers },
  })
}
