import type { StartCommand } from '../../../../electron/contract/commands.ts'
import type { SourceInfo, SourceItem } from '../../../../electron/core/ports.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { Engine } from '../../../../electron/engine/engine.ts'
import { Waiting } from '../../../support/waiting.ts'
import { fakeEnsemble, frameItem, Outbox, ScriptedSource, type Script } from './fakes.ts'

/** A quick recording, so that nobody waits: a frame every ten milliseconds. */
export const PERIOD_MS = 10

const FACTS = { width: 1, height: 1, framesPerSecond: 1000 / PERIOD_MS, frames: undefined }

export class Recording extends ScriptedSource {
  readonly durationMs: number
  override readonly info: SourceInfo

  constructor(kind: 'video' | 'camera', items: Script, durationMs: number) {
    super(kind, items)
    this.durationMs = durationMs
    this.info = { uri: 'script', kind, live: kind === 'camera', ...FACTS }
  }
}

const frames = (count: number, fromMs = 0): SourceItem[] =>
  Array.from({ length: count }, (_, n) => frameItem(n, n * PERIOD_MS)).filter(
    (item) => item.kind === 'frame' && item.frame.tMs >= fromMs,
  )

/** An engine that plays a made-up recording of so many frames. */
export class Player {
  readonly outbox = new Outbox()
  readonly opened: Recording[] = []
  readonly engine: Engine
  readonly #waiting = new Waiting()

  /** @param script instead of so many frames alike */
  constructor(count: number, kind: 'video' | 'camera' = 'video', script?: Script) {
    this.engine = new Engine({
      openSource: (_, { startAtMs = 0 }) => {
        const source = new Recording(kind, script ?? frames(count, startAtMs), count * PERIOD_MS)
        this.opened.push(source)
        return Promise.resolve(source)
      },
      openEnsemble: () => Promise.resolve(fakeEnsemble(() => 'c1')),
      emit: (events) => {
        this.outbox.emit(events)
        this.#waiting.look()
      },
      encodePicture: () => ({ width: 1, height: 1, jpeg: new Uint8Array([255, 216]) }),
      peakMemoryMb: () => 1,
    })
  }

  start(changes: Partial<StartCommand> = {}): Promise<void> {
    return this.engine.handle({
      type: 'start',
      source: { uri: 'script', options: {} },
      ensemble: { directory: 'fake', allowBroken: false },
      preset: ROADWARD,
      speed: 'realtime',
      hold: true,
      ...changes,
    })
  }

  until(condition: () => boolean): Promise<void> {
    return this.#waiting.until(condition)
  }

  get seqs(): number[] {
    return this.outbox.of('prediction').map(({ seq }) => seq)
  }

  get playback() {
    return this.outbox.of('playback').at(-1)
  }

  atEnd = (): boolean => this.playback?.atEnd === true

  played = (count: number) => () => this.seqs.length >= count

  async stop(running: Promise<void>): Promise<void> {
    await this.engine.handle({ type: 'stop' })
    await running
  }
}
