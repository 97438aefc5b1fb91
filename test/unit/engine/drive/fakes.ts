import type { EngineEvent } from '../../../../electron/contract/events.ts'
import type { Frame } from '../../../../electron/core/frame.ts'
import type { FrameSource, SourceInfo, SourceItem } from '../../../../electron/core/ports.ts'
import { CLASSES, type ClassId } from '../../../../electron/core/labels.ts'
import type { EnsemblePort } from '../../../../electron/engine/inference/ensemblePort.ts'
import type { EnsembleResult } from '../../../../electron/engine/inference/ensemble.ts'

/** A picture with structure, so that the camera check has nothing to say. */
const GOOD_VIEW = { meanLuma: 110, stdLuma: 55, saturated: 0, changeFromLast: 8 }

export function frame(seq: number, tMs: number): Frame {
  return { seq, tMs, width: 1, height: 1, pixels: new Uint8Array(3), view: GOOD_VIEW }
}

export const frameItem = (seq: number, tMs: number, truth?: ClassId): SourceItem => ({
  kind: 'frame',
  frame: frame(seq, tMs),
  truth,
})

/** Plays a script; a function in it is awaited before the next item. */
export type Script = readonly (SourceItem | (() => Promise<void>))[]

export class ScriptedSource implements FrameSource {
  readonly info: SourceInfo
  dropped = 0
  closed = false
  readonly #script: Script

  constructor(kind: SourceInfo['kind'], script: Script) {
    this.info = {
      uri: 'script',
      kind,
      live: kind === 'camera' || kind === 'stream',
      width: 1,
      height: 1,
      framesPerSecond: 10,
      frames: script.length,
    }
    this.#script = script
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<SourceItem> {
    for (const item of this.#script) {
      if (typeof item === 'function') await item()
      else yield item
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.closed = true
    return Promise.resolve()
  }
}

/** Answers with the class that `judge` names, sure of itself, all folds agreeing. */
export function fakeEnsemble(
  judge: (frame: Frame) => ClassId,
  foldNames: readonly string[] = ['fold-1', 'fold-2'],
): EnsemblePort {
  return {
    manifest: { id: 'fake', version: '1.0.0', folds: [] },
    provider: 'cpu',
    problems: [],
    foldNames,
    predict: (picture) => Promise.resolve(answer(picture, judge(picture), foldNames)),
    warmUp: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}

function answer(picture: Frame, top: ClassId, foldNames: readonly string[]): EnsembleResult {
  const probabilities = CLASSES.map((id) => (id === top ? 0.982 : 0.002))
  return {
    seq: picture.seq,
    tMs: picture.tMs,
    probabilities,
    top,
    folds: foldNames.map(() => probabilities),
    disagreement: 0,
    entropy: 0.05,
    foldNames,
    problems: [],
    latencyMs: { prepare: 0.1, infer: 1, combine: 0.1 },
  }
}

/** Collects what an engine or a drive emits, message by message. */
export class Outbox {
  readonly messages: EngineEvent[][] = []

  readonly emit = (events: EngineEvent[]): void => {
    this.messages.push(events)
  }

  get events(): EngineEvent[] {
    return this.messages.flat()
  }

  of<T extends EngineEvent['type']>(type: T): Extract<EngineEvent, { type: T }>[] {
    return this.events.filter(
      (event): event is Extract<EngineEvent, { type: T }> => event.type === type,
    )
  }
}

/** A promise that the test resolves. */
export function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return {
    opened,
    open: () => {
      open()
    },
  }
}
