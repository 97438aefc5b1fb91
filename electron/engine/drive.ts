import type { Snapshot } from '../contract/commands.ts'
import type { EngineEvent } from '../contract/events.ts'
import type { Frame, Millis } from '../core/frame.ts'
import type { ClassId } from '../core/labels.ts'
import { initialMonitor, step, type MonitorInput } from '../core/monitor.ts'
import type { MonitorState } from '../core/monitorState.ts'
import type { FrameSource, SourceItem } from '../core/ports.ts'
import type { Preset } from '../core/preset.ts'
import { allFolds, shed, type Shedding } from '../core/shedding.ts'
import { status } from '../core/status.ts'
import { unreachable } from '../core/unreachable.ts'
import type { EnsembleResult } from '../inference/ensemble.ts'
import { nowMs } from './clock.ts'
import type { EnsemblePort } from './ensemblePort.ts'
import { monitorEvent } from './monitorEvents.ts'
import { Pace } from './pace.ts'
import type { PictureTap } from './picturePump.ts'
import { withTicks, type Tick } from './ticks.ts'
import { Timeline } from './timeline.ts'

/** While a live source is silent the policy is asked this often whether it still sees. */
const TICK_MS: Millis = 250

/**
 * A decision every 100 ms keeps alert times within a tenth of a second, well below the shortest
 * step between two levels of any preset; a slower ensemble sheds folds.
 */
const DECISION_DEADLINE_MS: Millis = 100

export interface DriveParts {
  readonly source: FrameSource
  readonly ensemble: EnsemblePort
  readonly preset: Preset
  readonly speed: 'realtime' | 'max'
  readonly resume: Snapshot | undefined
  /** Shown every frame after it was judged. */
  readonly pictures?: PictureTap | undefined
  /** Takes all events of one frame together. */
  readonly emit: (events: EngineEvent[]) => void
  readonly signal: AbortSignal
}

/** One drive from its first frame to its last: source, ensemble and policy in a row. */
export class Drive {
  readonly #parts: DriveParts
  readonly #pace = new Pace()
  readonly #timeline: Timeline
  #monitor: MonitorState
  #shedding: Shedding
  #speedKmh: number | undefined

  constructor(parts: DriveParts) {
    this.#parts = parts
    this.#timeline = new Timeline(parts.source.info, parts.resume)
    this.#monitor =
      (parts.resume?.monitor as MonitorState | undefined) ?? initialMonitor(parts.preset)
    this.#shedding = allFolds(parts.ensemble.foldNames.length)
  }

  /** Resolves at the end of the source or when the signal aborts; throws what the source throws. */
  async run(): Promise<void> {
    const { source, signal } = this.#parts
    for await (const item of withTicks<SourceItem>(source, TICK_MS, signal)) {
      await this.#take(item)
    }
  }

  acknowledge(): void {
    this.#decide({ kind: 'acknowledge', tMs: this.#timeline.nowMs() })
  }

  setSpeed(kmh: number | undefined): void {
    this.#speedKmh = kmh
  }

  async #take(item: SourceItem | Tick): Promise<void> {
    switch (item.kind) {
      case 'frame':
        await this.#frame(item.frame, item.truth)
        return
      case 'tick':
        // A recorded source is only ever slow; the clock that counts is the recording's.
        if (this.#parts.source.info.live) this.#blindFor(this.#timeline.nowMs())
        return
      case 'gap':
        this.#parts.emit([{ type: 'notice', tMs: this.#timeline.nowMs(), problem: item.problem }])
        return
      case 'problem':
        this.#parts.emit([{ type: 'notice', tMs: this.#timeline.nowMs(), problem: item.problem }])
        return
      case 'drive':
        if (!this.#timeline.catchingUp) this.#newDrive(item.label)
        return
      default:
        unreachable(item)
    }
  }

  #newDrive(label: string): void {
    this.#monitor = initialMonitor(this.#parts.preset)
    this.#timeline.restart()
    this.#pace.restart()
    this.#parts.emit([{ type: 'drive', label }])
  }

  #blindFor(tMs: Millis): void {
    this.#decide({ kind: 'gap', tMs })
  }

  async #frame(raw: Frame, truth: ClassId | undefined): Promise<void> {
    const { source, ensemble, signal, speed } = this.#parts
    const frame = this.#timeline.place(raw)
    if (frame === undefined) return
    if (speed === 'realtime' && !source.info.live) await this.#pace.until(frame.tMs, signal)
    const startedAt = nowMs()
    const result = await ensemble.predict(frame, this.#activeFolds())
    const notices = result.problems.map((problem): EngineEvent => ({
      type: 'notice',
      tMs: frame.tMs,
      problem,
    }))
    const events = this.#step({
      kind: 'frame',
      tMs: frame.tMs,
      prediction: result,
      view: frame.view,
      speedKmh: this.#speedKmh,
    })
    const totalMs = nowMs() - startedAt
    this.#parts.emit([
      ...notices,
      this.#predictionEvent(result, truth, totalMs),
      ...events,
      ...this.#shed(frame.tMs, totalMs),
      { type: 'snapshot', snapshot: this.#timeline.snapshot(this.#monitor) },
    ])
    this.#parts.pictures?.offer(frame)
  }

  #predictionEvent(result: EnsembleResult, truth: ClassId | undefined, total: Millis): EngineEvent {
    const { seq, tMs, probabilities, top, folds, disagreement, entropy, latencyMs } = result
    return {
      type: 'prediction',
      seq,
      tMs,
      probabilities: [...probabilities],
      top,
      folds: folds.map((fold) => [...fold]),
      disagreement,
      entropy,
      status: status(this.#parts.preset, this.#monitor),
      truth,
      latencyMs: { ...latencyMs, total },
      dropped: this.#parts.source.dropped,
    }
  }

  /** The policy's step and what it has to say. */
  #step(input: MonitorInput): EngineEvent[] {
    const { state, events } = step(this.#parts.preset, this.#monitor, input)
    this.#monitor = state
    return events.map(monitorEvent)
  }

  /** An input without a picture; the snapshot goes along, or a crash would forget it. */
  #decide(input: MonitorInput): void {
    const events = this.#step(input)
    const snapshot = this.#timeline.snapshot(this.#monitor)
    this.#parts.emit([...events, { type: 'snapshot', snapshot }])
  }

  #activeFolds(): { readonly folds?: ReadonlySet<string> } {
    const { foldNames } = this.#parts.ensemble
    const { active } = this.#shedding
    return active === foldNames.length ? {} : { folds: new Set(foldNames.slice(0, active)) }
  }

  /** Recorded drives are never shed: nobody waits for them. */
  #shed(tMs: Millis, tookMs: Millis): EngineEvent[] {
    const { source, ensemble } = this.#parts
    if (!source.info.live) return []
    const folds = ensemble.foldNames.length
    const before = this.#shedding.active
    this.#shedding = shed(this.#shedding, folds, tookMs, DECISION_DEADLINE_MS, tMs)
    const { active } = this.#shedding
    if (active === before) return []
    return [{ type: 'notice', tMs, problem: sheddingProblem(active, folds) }]
  }
}

function sheddingProblem(
  active: number,
  folds: number,
): {
  severity: 'info' | 'warning'
  code: string
  message: string
} {
  return active === folds
    ? { severity: 'info', code: 'folds-restored', message: `All ${folds} folds are running again.` }
    : {
        severity: 'warning',
        code: 'folds-shed',
        message: `This machine is too slow for all folds: ${active} of ${folds} are running.`,
      }
}
