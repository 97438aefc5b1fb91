import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system of a few megabytes, where this user may mount one. */
export class SmallDisk implements Disposable {
  readonly directory: string

  private constructor(directory: string) {
    this.directory = directory
  }

  /** @returns undefined where nothing can be mounted: not root, not Linux, a closed container */
  static mount(megabytes: number): SmallDisk | undefined {
    const directory = mkdtempSync(join(tmpdir(), 'roadward-disk-'))
    const size = `size=${megabytes}m`
    const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'tmpfs', directory])
    if (status === 0) return new SmallDisk(directory)
    rmSync(directory, { recursive: true })
    return undefined
  }

  [Symbol.dispose](): void {
    spawnSync('umount', ['--lazy', this.directory])
    rmSync(this.directory, { recursive: true, force: true })
  }
}
