import { readdir, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import type { Problem } from '../core/ports.ts'

/** Where ONNX Runtime's telemetry puts things; tests pass folders of their own. */
export interface TelemetryPlaces {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
  readonly temporary: string
  /** Whether a process with this id runs. */
  readonly isRunning: (pid: number) => boolean
}

/** Device id and event database, of ONNX Runtime alone (its core/platform/posix/device_id.h). */
const CACHE = path.join('Microsoft', 'DeveloperTools', '.onnxruntime')

/** Debug log of one process that sent telemetry, named by its id. */
const DEBUG_LOG = /^mat-debug-(\d+)\.log$/

/**
 * Removes what ONNX Runtime collected while earlier versions of Roadward left its telemetry on:
 * device id, database of unsent events, debug logs of processes that have ended. What cannot be
 * removed stays.
 *
 * @returns what to tell the user, once: nothing where there was nothing
 */
export async function removeTelemetryRemains(
  places: Partial<TelemetryPlaces> = {},
): Promise<Problem | undefined> {
  const { temporary = tmpdir(), isRunning = runs } = places
  const cache = cacheFolder(places)
  const logs = (await filesIn(temporary))
    .filter((name) => {
      const pid = DEBUG_LOG.exec(name)?.[1]
      return pid !== undefined && !isRunning(Number(pid))
    })
    .map((name) => path.join(temporary, name))
  const found = (await filesIn(cache)).length > 0 ? [cache, ...logs] : logs
  const outcomes = await Promise.all(found.map(isRemoved))
  const removed = found.filter((_, i) => outcomes[i])
  if (removed.length === 0) return undefined
  return {
    severity: 'info',
    code: 'telemetry-removed',
    message: `Removed what ONNX Runtime had collected for Microsoft under earlier versions of Roadward: ${removed.join(', ')}.`,
    tip: 'Its telemetry is switched off now.',
  }
}

function cacheFolder({
  env = process.env,
  platform = process.platform,
  home = homedir(),
}: Partial<TelemetryPlaces>): string {
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', CACHE)
  const { XDG_CACHE_HOME = '' } = env
  return path.join(XDG_CACHE_HOME === '' ? path.join(home, '.cache') : XDG_CACHE_HOME, CACHE)
}

async function filesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}

async function isRemoved(place: string): Promise<boolean> {
  return rm(place, { recursive: true }).then(
    () => true,
    () => false,
  )
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process runs too.
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
