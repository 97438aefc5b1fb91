import type { Batch, Chunk, Resumption } from '../../contract/archive.ts'
import type { Snapshot } from '../../contract/commands.ts'
import type { EngineEvent, EngineEventOf } from '../../contract/events.ts'
import type { Millis } from '../../core/frame.ts'
import type { MonitorInput } from '../../core/monitor/monitor.ts'
import { unreachable } from '../../core/unreachable.ts'
import { packRows, type Row } from './chunk.ts'
import { EpisodeTracker } from './episodes.ts'
import { sampleOfFrame } from './stateSample.ts'
import { SpanTracker, type StateSample } from './spans.ts'

/** A chunk holds at most this much of a drive, so that its means can stand for it from afar. */
const CHUNK_MS: Millis = 1000

/** What is new since the last time; the archive wants to know of which drive, too. */
export type LoggedBatch = Omit<Batch, 'drive' | 'number'>

const NOBODY: StateSample = {
  tMs: 0,
  state: 'blind',
  reason: 'starting',
  top: undefined,
  level: undefined,
}

/** Makes batches for the archive of what an engine tells about one drive. */
export class DriveLog {
  readonly #spans: SpanTracker
  readonly #episodes: EpisodeTracker
  #moment: StateSample = NOBODY
  #input: MonitorInput | undefined
  #unsafe: number | undefined
  #folds: readonly (readonly number[])[] = []
  #rows: Row[] = []
  #chunks: Chunk[] = []
  #problems: LoggedBatch['problems'] = []
  #snapshot: Snapshot | undefined
  #startedMs: Millis | undefined
  #lastMs: Millis = 0
  #frames: number
  #resuming: boolean

  /** @param resumed where an interrupted drive goes on */
  constructor(resumed?: Resumption) {
    const open = resumed?.event?.clearedMs === undefined ? resumed?.event : undefined
    this.#spans = new SpanTracker(resumed?.span)
    this.#episodes = new EpisodeTracker(
      open,
      open?.ordinal ?? (resumed?.event === undefined ? 0 : resumed.event.ordinal + 1),
    )
    this.#resuming = resumed !== undefined
    this.#startedMs = resumed?.startedMs
    this.#lastMs = resumed?.span?.toMs ?? 0
    this.#frames = resumed?.frames ?? 0
    if (resumed?.span !== undefined) {
      const { state, reason, class: top, level, toMs: tMs } = resumed.span
      this.#moment = { tMs, state, reason, top, level }
    }
  }

  /** The events of one frame come together, the snapshot last. */
  event(event: EngineEvent): void {
    switch (event.type) {
      case 'prediction':
        this.#prediction(event)
        return
      case 'input':
        this.#input = { kind: event.kind, tMs: event.tMs }
        return
      case 'alert':
        this.#episodes.alert(
          event,
          this.#folds.map((fold) => [...fold]),
        )
        this.#moment = { ...this.#moment, level: event.level }
        return
      case 'cleared':
        this.#episodes.cleared(event)
        return
      case 'state':
        this.#state(event)
        return
      case 'notice':
        // What is told of the opening was told by the engine that was interrupted.
        if (this.#resuming && event.tMs === undefined) return
        this.#problems.push({ tMs: event.tMs, problem: event.problem })
        return
      case 'snapshot':
        this.#commit(event.snapshot)
        return
      case 'hello':
      case 'heartbeat':
      case 'busy':
      case 'opened':
      case 'drive':
      case 'picture':
      case 'playback':
      case 'jump':
      case 'ended':
      case 'failed':
        return
      default:
        unreachable(event)
    }
  }

  /** Highest alert under way that is for the record. */
  get openEvent(): boolean {
    return this.#episodes.open !== undefined
  }

  /** @returns undefined when there is nothing new */
  take(): LoggedBatch | undefined {
    this.#closeChunk()
    const spans = this.#spans.take()
    const events = this.#episodes.take()
    const chunks = this.#chunks
    const problems = this.#problems
    this.#chunks = []
    this.#problems = []
    if (chunks.length + spans.length + events.length + problems.length === 0) return undefined
    return {
      chunks,
      spans,
      events,
      problems,
      durationMs: Math.max(0, this.#lastMs - (this.#startedMs ?? this.#lastMs)),
      frames: this.#frames,
      snapshot: this.#snapshot,
    }
  }

  #prediction(event: EngineEventOf<'prediction'>): void {
    const { tMs, seq, probabilities, top, folds, disagreement, entropy, view, speedKmh } = event
    const { changeFromLast, ...light } = view
    this.#input = {
      kind: 'frame',
      tMs,
      prediction: { seq, tMs, probabilities, top, folds, disagreement, entropy },
      view: { ...light, changeFromLast },
      speedKmh,
    }
    this.#folds = folds
    this.#unsafe = event.status.unsafe
    this.#moment = sampleOfFrame(event)
  }

  /** Of a frame the status says it already; without one, or from the supervisor, it is news. */
  #state({ tMs, state, reason }: EngineEventOf<'state'>): void {
    if (this.#input?.kind === 'frame') return
    this.#moment = { ...this.#moment, tMs, state, reason }
    if (this.#input === undefined) this.#spans.add(this.#moment)
  }

  #commit(snapshot: Snapshot): void {
    this.#snapshot = snapshot
    const input = this.#input
    if (input === undefined) return
    this.#input = undefined
    this.#resuming = false
    const { tMs } = input
    const first = this.#rows[0]
    if (first !== undefined && Math.abs(tMs - first.input.tMs) >= CHUNK_MS) this.#closeChunk()
    this.#rows.push({ input, state: this.#moment.state, unsafe: this.#unsafe })
    if (input.kind === 'frame') this.#frames += 1
    this.#startedMs ??= tMs
    this.#lastMs = tMs
    this.#spans.add({ ...this.#moment, tMs })
  }

  #closeChunk(): void {
    const times = this.#rows.map(({ input }) => input.tMs)
    if (times.length === 0) return
    const rows = packRows(this.#rows)
    this.#chunks.push({ fromMs: Math.min(...times), toMs: Math.max(...times), rows })
    this.#rows = []
  }
}
