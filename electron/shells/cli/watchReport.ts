import { performance } from 'node:perf_hooks'
import type { EngineEventOf } from '../../contract/events.ts'
import type { MonitorEvent } from '../../contract/monitorApi.ts'
import { WORDS, wordOf } from '../../contract/words/words.ts'
import { SummaryTally } from '../../core/evaluation/summary.ts'
import { unreachable } from '../../core/unreachable.ts'
import { LiveLine } from './liveLine.ts'
import { clock, printJson, printLine, printProblem } from '../../app/commandLine/output.ts'

/** Where the events of a drive go: JSON lines for programs, words for people. */
export interface WatchReport {
  event(event: MonitorEvent): void
  /** After `ended` or `failed`. */
  close(): void
}

/** What the last line of `watch` holds beside the tally. */
class DriveTally {
  readonly #tally = new SummaryTally()
  #opened: EngineEventOf<'opened'> | undefined
  #peakMemoryMb: number | undefined

  event(event: MonitorEvent): void {
    if (event.type === 'opened') this.#opened = event
    if (event.type === 'alert') this.#tally.alert()
    if (event.type === 'prediction') {
      this.#tally.prediction(event.top, event.truth, event.latencyMs.total, event.dropped)
    }
    if (event.type === 'ended') {
      this.#tally.dropped(event.dropped)
      this.#peakMemoryMb = event.peakMemoryMb
    }
  }

  summary() {
    return {
      ...this.#tally.summary(),
      provider: this.#opened?.provider,
      ensemble: this.#opened?.ensemble.id,
      peakMemoryMb: this.#peakMemoryMb === undefined ? undefined : Math.round(this.#peakMemoryMb),
    }
  }
}

export class JsonReport implements WatchReport {
  readonly #tally = new DriveTally()

  event(event: MonitorEvent): void {
    this.#tally.event(event)
    switch (event.type) {
      case 'prediction': {
        const { type, seq, tMs, probabilities, top, status, disagreement, truth } = event
        const state = status.driver
        printJson({ type, seq, tMs, probabilities, top, state, disagreement, truth })
        return
      }
      case 'notice':
        printJson({ type: 'notice', tMs: event.tMs, ...event.problem })
        return
      case 'failed':
        printJson({ type: 'notice', ...event.problem })
        printProblem(event.problem)
        return
      case 'ended':
      case 'picture':
      case 'playback':
      case 'jump':
        return
      case 'opened': {
        const { type, source, ensemble, provider, preset } = event
        printJson({ type, source, ensemble, provider, preset })
        return
      }
      case 'drive':
      case 'alert':
      case 'cleared':
      case 'state':
        printJson(event)
        return
      default:
        unreachable(event)
    }
  }

  close(): void {
    printJson({ type: 'summary', ...this.#tally.summary() })
  }
}

export class TextReport implements WatchReport {
  readonly #tally = new DriveTally()
  readonly #live: LiveLine | undefined

  /** @param terminal whether a live line can be redrawn */
  constructor(terminal: boolean) {
    this.#live = terminal ? new LiveLine() : undefined
  }

  event(event: MonitorEvent): void {
    this.#tally.event(event)
    if (event.type === 'prediction') {
      this.#live?.show(event, performance.now())
      return
    }
    this.#live?.clear()
    switch (event.type) {
      case 'opened':
        printLine(
          `Watching ${event.source.uri} with ${event.ensemble.id} ${event.ensemble.version} ` +
            `(${event.ensemble.folds.length} folds, ${event.provider}), preset ${event.preset}.`,
        )
        return
      case 'drive':
        printLine(`Drive of ${event.label}`)
        return
      case 'alert':
        printLine(
          `${clock(event.tMs)}  ${WORDS.en.level[event.level].toUpperCase()}: ${WORDS.en.class[event.class]} ` +
            `since ${clock(event.sinceMs)} (${event.rule})`,
        )
        return
      case 'cleared':
        printLine(`${clock(event.tMs)}  clear`)
        return
      case 'state':
        if (event.state === 'blind' || event.state === 'unsure') {
          printLine(`${clock(event.tMs)}  ${event.state}${reasonOf(event.reason)}`)
        }
        return
      case 'notice':
      case 'failed':
        printProblem(event.problem)
        return
      case 'ended':
      case 'picture':
      case 'playback':
      case 'jump':
        return
      default:
        unreachable(event)
    }
  }

  close(): void {
    this.#live?.clear()
    const { frames, dropped, alerts, latencyMs, truth, provider, peakMemoryMb } =
      this.#tally.summary()
    const agreement =
      truth === undefined ? '' : `, ${(truth.agreement * 100).toFixed(1)} % agree with the truth`
    printLine(`${frames} frames, ${dropped} dropped, ${alerts} alerts${agreement}.`)
    if (latencyMs.p50 !== undefined) {
      printLine(
        `Latency ${latencyMs.p50} ms (p95 ${latencyMs.p95 ?? '?'} ms) on ${provider ?? '?'}, ` +
          `peak memory ${peakMemoryMb ?? '?'} MB.`,
      )
    }
  }
}

/** `: Camera covered`; a reason without words as it is. */
function reasonOf(reason: string | undefined): string {
  return reason === undefined ? '' : `: ${wordOf(WORDS.en.blind, reason) ?? reason}`
}
