import type { Frame } from '../../electron/core/frame.ts'
import type { FrameSource, Problem, SourceItem } from '../../electron/core/ports.ts'

/** Reads a live source as fast as it gives, until the test has seen what it waits for. */
export class LiveReader {
  readonly source: FrameSource
  /** The last frame it gave. */
  last: Frame | undefined
  readonly #iterator: AsyncIterator<SourceItem>

  constructor(source: FrameSource) {
    this.source = source
    this.#iterator = source[Symbol.asyncIterator]()
  }

  async next(): Promise<SourceItem> {
    const result = await this.#iterator.next()
    if (result.done === true) throw new Error('the source ended')
    if (result.value.kind === 'frame') this.last = result.value.frame
    return result.value
  }

  async frame(): Promise<Frame> {
    for (;;) {
      const item = await this.next()
      if (item.kind === 'frame') return item.frame
      if ('problem' in item) throw new Error(`instead of a frame: ${item.problem.message}`)
    }
  }

  async frames(count: number): Promise<Frame[]> {
    const frames: Frame[] = []
    while (frames.length < count) frames.push(await this.frame())
    return frames
  }

  /** The next item that is not a frame. */
  async interruption(): Promise<Exclude<SourceItem, { kind: 'frame' }>> {
    for (;;) {
      const item = await this.next()
      if (item.kind !== 'frame') return item
    }
  }

  /** The next problem with that code; others that come before it are left out. */
  async problem(code: string): Promise<Problem> {
    for (;;) {
      const item = await this.interruption()
      if ('problem' in item && item.problem.code === code) return item.problem
    }
  }
}
