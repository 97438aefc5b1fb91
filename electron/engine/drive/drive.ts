import { SNAPSHOT_FORMAT, type Snapshot } from '../../contract/commands.ts'
import type { EngineEvent, EngineEventOf } from '../../contract/events.ts'
import type { Frame, Millis } from '../../core/frame.ts'
import type { ClassId } from '../../core/labels.ts'
import { initialMonitor, step, type MonitorInput } from '../../core/monitor/monitor.ts'
import type { MonitorState } from '../../core/monitor/monitorState.ts'
import type { FrameSource, SourceItem } from '../../core/ports.ts'
import type { Preset } from '../../core/monitor/preset.ts'
import { allFolds, shed, type Shedding } from '../../core/ensemble/shedding.ts'
import { status } from '../../core/monitor/status.ts'
import { unreachable } from '../../core/unreachable.ts'
import type { EnsembleResult } from '../inference/ensemble.ts'
import { nowMs } from './clock.ts'
import type { EnsemblePort } from '../inference/ensemblePort.ts'
import { monitorEvent } from '../../contract/monitorEvents.ts'
import type { PictureTap } from './picturePump.ts'
import type { Playback } from './playback.ts'
import { holeProblem, sheddingProblem } from './driveProblems.ts'
import { ProblemNotices } from './problemNotices.ts'
import { roundedResult, roundedSpeed, roundedView } from './rounding.ts'
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
  /** Holds a recording to the pace that is wanted; without it frames are judged as they come. */
  readonly playback?: Playback | undefined
  readonly resume: Snapshot | undefined
  /** Shown every frame after it was judged. */
  readonly pictures?: PictureTap | undefined
  /** Takes all events of one frame together. */
  readonly emit: (events: EngineEvent[]) => void
  readonly signal: AbortSignal
}

interface Hole {
  /** From now on nobody is watching. */
  readonly blindMs: Millis
  readonly lengthMs: Millis
}

/** One stretch of a drive, from its first frame to its last: source, ensemble and policy in a row. */
export class Drive {
  readonly #parts: DriveParts
  readonly #timeline: Timeline
  readonly #notices = new ProblemNotices()
  #monitor: MonitorState
  #shedding: Shedding
  #speedKmh: number | undefined
  /** When the frame that is with the networks came to them. */
  #judgingSinceMs: Millis | undefined
  /** A drive of the recording whose first frame was not judged yet. */
  #next: { readonly label: string; readonly originMs: Millis } | undefined

  constructor(parts: DriveParts) {
    this.#parts = parts
    this.#timeline = new Timeline(parts.source.info, parts.resume)
    parts.playback?.drive(this.#timeline.originMs)
    this.#monitor = monitorOf(parts.resume) ?? initialMonitor(parts.preset)
    this.#shedding = allFolds(parts.ensemble.foldNames.length)
  }

  /** Resolves at the end of the source or when the signal aborts; throws what the source throws. */
  async run(): Promise<void> {
    const { source, signal } = this.#parts
    for await (const item of withTicks<SourceItem>(source, TICK_MS, signal)) {
      await this.#take(item)
    }
    // A last drive without a frame that could be read.
    if (!signal.aborted) this.#beginNext()
  }

  acknowledge(): void {
    this.#decide({ kind: 'acknowledge', tMs: this.#timeline.nowMs() })
  }

  setSpeed(kmh: number | undefined): void {
    this.#speedKmh = roundedSpeed(kmh)
  }

  /** How long the networks have had the frame that they are at; 0 when there is none. */
  get judgingForMs(): Millis {
    return this.#judgingSinceMs === undefined ? 0 : nowMs() - this.#judgingSinceMs
  }

  /** Where the drive stands, for an engine that takes over. */
  snapshot(): EngineEventOf<'snapshot'> {
    const { playback } = this.#parts
    const snapshot = this.#timeline.snapshot(this.#monitor)
    return { type: 'snapshot', snapshot: { ...snapshot, playback: playback?.state } }
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
        this.#beginNext()
        this.#parts.emit([{ type: 'notice', tMs: this.#timeline.nowMs(), problem: item.problem }])
        return
      case 'problem':
        this.#beginNext()
        this.#parts.emit([{ type: 'notice', tMs: this.#timeline.nowMs(), problem: item.problem }])
        return
      case 'drive':
        if (this.#timeline.catchingUp) return
        this.#next = { label: item.label, originMs: item.originMs ?? 0 }
        // A recording that stands at the last frame of a drive is still in that drive.
        if (this.#parts.playback === undefined) this.#beginNext()
        return
      default:
        unreachable(item)
    }
  }

  /** Begins the drive that was announced, if one was. */
  #beginNext(): void {
    const next = this.#next
    if (next === undefined) return
    this.#next = undefined
    const { label, originMs } = next
    const { playback, preset, emit } = this.#parts
    this.#monitor = initialMonitor(preset)
    this.#timeline.restart(originMs)
    playback?.drive(originMs)
    emit([{ type: 'drive', label }, ...(playback === undefined ? [] : [playback.event()])])
  }

  #blindFor(tMs: Millis): void {
    this.#decide({ kind: 'gap', tMs })
  }

  async #frame(raw: Frame, truth: ClassId | undefined): Promise<void> {
    const { playback } = this.#parts
    const isFirst = this.#next !== undefined
    if (isFirst && !(await this.#admitted(raw))) return
    this.#beginNext()
    const frame = this.#timeline.place(raw)
    if (frame === undefined) return
    const hole = this.#holeBefore(frame.tMs)
    if (hole !== undefined) playback?.skipHole()
    if (!isFirst && !(await this.#admitted(frame))) return
    if (hole !== undefined) this.#pass(hole)
    const startedAt = nowMs()
    const result = roundedResult(await this.#judge(frame))
    const view = roundedView(frame.view)
    const speedKmh = this.#speedKmh
    const { tMs } = frame
    const notices = this.#notices
      .of(result.problems, tMs)
      .map((problem): EngineEvent => ({ type: 'notice', tMs, problem }))
    const events = this.#step({
      kind: 'frame',
      tMs: frame.tMs,
      prediction: result,
      view,
      speedKmh,
    })
    this.#timeline.judged(frame)
    const totalMs = nowMs() - startedAt
    this.#parts.emit([
      ...notices,
      { ...this.#predictionEvent(result, truth, totalMs), view: { ...view }, speedKmh },
      ...events,
      ...this.#shed(frame.tMs, totalMs),
      ...(playback?.shown(frame.tMs) ?? []),
      this.snapshot(),
    ])
    this.#parts.pictures?.offer(frame, playback?.still === true)
  }

  /** Time that a recording has no pictures of, too long to go on watching. */
  #holeBefore(tMs: Millis): Hole | undefined {
    const { source, preset } = this.#parts
    const { lastFrameMs } = this.#timeline
    if (source.info.live || lastFrameMs === undefined) return undefined
    const blindMs = lastFrameMs + preset.filter.gapLimitMs
    return tMs < blindMs ? undefined : { blindMs, lengthMs: tMs - lastFrameMs }
  }

  /** In a live drive the clock would have ticked; without it the hole would count as watched. */
  #pass({ blindMs, lengthMs }: Hole): void {
    this.#blindFor(blindMs)
    this.#parts.emit([{ type: 'notice', tMs: blindMs, problem: holeProblem(lengthMs) }])
  }

  async #judge(frame: Frame): Promise<EnsembleResult> {
    this.#judgingSinceMs = nowMs()
    try {
      return await this.#parts.ensemble.predict(frame, this.#activeFolds())
    } finally {
      this.#judgingSinceMs = undefined
    }
  }

  /** @returns false when the stretch is over before the frame is due */
  async #admitted({ tMs }: Frame): Promise<boolean> {
    const { playback, signal } = this.#parts
    return playback === undefined || (await playback.admit(tMs, signal))
  }

  #predictionEvent(result: EnsembleResult, truth: ClassId | undefined, total: Millis) {
    const { seq, tMs, probabilities, top, folds, disagreement, entropy, latencyMs } = result
    return {
      type: 'prediction' as const,
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
  #decide(input: Exclude<MonitorInput, { kind: 'frame' }>): void {
    const events = this.#step(input)
    this.#parts.emit([{ type: 'input', ...input }, ...events, this.snapshot()])
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

/** A state of another version would be read amiss: its drive goes on with timers that begin afresh. */
function monitorOf(snapshot: Snapshot | undefined): MonitorState | undefined {
  return snapshot?.format === SNAPSHOT_FORMAT ? (snapshot.monitor as MonitorState) : undefined
}
