import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openSource } from '../../electron/engine/capture/openSource.ts'
import type { SourceOptions } from '../../electron/engine/capture/openSource.ts'
import type { Frame } from '../../electron/core/frame.ts'
import type { SourceItem } from '../../electron/core/ports.ts'

/** Everything a recorded source has to say. */
export async function collect(uri: string, options: SourceOptions = {}): Promise<SourceItem[]> {
  await using source = await openSource(uri, options)
  const items: SourceItem[] = []
  for await (const item of source) items.push(item)
  return items
}

export function framesOf(items: readonly SourceItem[]): Frame[] {
  return items.flatMap((item) => (item.kind === 'frame' ? [item.frame] : []))
}

/** Codes of the problems among the items, gaps included. */
export function codesOf(items: readonly SourceItem[]): string[] {
  return items.flatMap((item) => ('problem' in item ? [item.problem.code] : []))
}

/** A folder that is gone when the test is. */
export interface ScratchFolder extends AsyncDisposable {
  readonly path: (...name: string[]) => string
}

export async function scratchFolder(): Promise<ScratchFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'roadward-capture-'))
  return {
    path: (...name) => join(folder, ...name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  }
}
