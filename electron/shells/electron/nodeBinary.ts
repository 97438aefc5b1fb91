import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { RoadwardError } from '../../core/errors.ts'

export interface NodeSurroundings {
  readonly packaged: boolean
  readonly resourcesPath: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
}

/**
 * The plain Node that runs the engine (electron/docs/adr/0001): a package brings its own, a clone
 * has the one that npm runs on.
 * @throws RoadwardError `node-missing`
 */
export function findNode({ packaged, resourcesPath, env, platform }: NodeSurroundings): string {
  const name = platform === 'win32' ? 'node.exe' : 'node'
  if (packaged) return path.join(resourcesPath, 'node', name)
  const folders = (env['PATH'] ?? '').split(path.delimiter).filter((folder) => folder !== '')
  const candidates = [env['npm_node_execpath'], ...folders.map((folder) => path.join(folder, name))]
  const found = candidates.find((file) => file !== undefined && executable(file))
  if (found !== undefined) return found
  throw new RoadwardError(
    'node-missing',
    'The engine needs Node, and there is none on PATH.',
    'Start with `npm start`, or put `node` on PATH.',
  )
}

function executable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
