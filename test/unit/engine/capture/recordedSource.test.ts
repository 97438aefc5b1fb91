import { expect, it } from 'vitest'
import type { SourceInfo, SourceItem } from '../../../../electron/core/ports.ts'
import { RecordedSource } from '../../../../electron/engine/capture/recordedSource.ts'

const INFO: SourceInfo = {
  uri: 'share/drive.mp4',
  kind: 'video',
  live: false,
  width: 1,
  height: 1,
  framesPerSecond: 25,
  frames: 1,
}

it('a recording on a share that is away can be closed although its read never ends', async () => {
  async function* hangs(): AsyncGenerator<SourceItem, void> {
    yield await new Promise<never>(() => undefined)
  }
  let closed = false
  const source = new RecordedSource(INFO, hangs(), undefined, () => (closed = true))
  void source[Symbol.asyncIterator]().next()
  await source[Symbol.asyncDispose]()
  expect(closed).toBe(true)
})
