import type { Problem } from '../../../core/ports.ts'
import type { ArchiveClient } from '../../recording/openArchive.ts'
import { json, type Route } from './router.ts'

/** Where drives are kept and how much space they take. @param problem why none is kept now */
export function storageRoutes(archive: ArchiveClient, problem: () => Problem | undefined): Route[] {
  return [
    {
      method: 'GET',
      path: '/api/storage',
      handle: async () => json({ ...(await archive.call('storage', {})), problem: problem() }),
    },
  ]
}
