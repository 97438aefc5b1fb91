import { performance } from 'node:perf_hooks'
import { SingleBar } from 'cli-progress'
import type { DriveSummary } from '../../contract/drives.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Problem } from '../../core/ports.ts'
import type { Analysed, Progress } from '../../app/analysis/analysis.ts'
import { forTerminal } from '../../app/commandLine/forTerminal.ts'
import { clock, printJson, printLine } from '../../app/commandLine/output.ts'

/** Steps of the bar: finer than any terminal is wide. */
const STEPS = 1000

/** Tells how an analysis goes: a bar on a terminal, a line a recording, or JSON. */
export class ReplayReport {
  readonly #json: boolean
  readonly #terminal: boolean
  #bar: SingleBar | undefined
  #startedAt = 0
  #notices = 0
  #counts = { done: 0, skipped: 0, interrupted: 0, failed: 0 }

  constructor(json: boolean, terminal: boolean) {
    this.#json = json
    this.#terminal = terminal
  }

  begin(name: string): void {
    this.#startedAt = performance.now()
    this.#notices = 0
    if (this.#json || !this.#terminal) return
    this.#bar = new SingleBar({
      format: '{name} [{bar}] {percentage} %, {left} left',
      stream: process.stderr,
    })
    this.#bar.start(STEPS, 0, { left: '?', name: forTerminal(name) })
  }

  progress({ doneMs, share }: Progress): void {
    const tookMs = performance.now() - this.#startedAt
    const leftMs = share === undefined || share === 0 ? undefined : (tookMs / share) * (1 - share)
    if (this.#json) printJson({ type: 'progress', doneMs, share, leftMs })
    const left = leftMs === undefined ? '?' : clock(leftMs)
    this.#bar?.update(Math.round((share ?? 0) * STEPS), { left })
  }

  notice(problem: Problem): void {
    this.#notices += 1
    if (this.#json) printJson({ type: 'notice', ...problem })
  }

  done(name: string, analysed: Analysed, summary: DriveSummary): void {
    this.#endBar()
    this.#counts[analysed.outcome] += 1
    const { drive, outcome, resumed, durationMs, frames } = analysed
    const tookMs = performance.now() - this.#startedAt
    const { alerts, worst } = summary
    if (this.#json) {
      printJson({
        type: 'drive',
        name,
        drive,
        outcome,
        resumed,
        durationMs,
        frames,
        tookMs,
        alerts,
        worst,
      })
      return
    }
    const total = alerts.caution + alerts.warning + alerts.critical
    const words = {
      done: `${clock(durationMs)} in ${clock(tookMs)} (${(durationMs / tookMs).toFixed(1)}x)`,
      skipped: 'analysed before, skipped',
      interrupted: `interrupted at ${clock(durationMs)}; run the command again to go on`,
    }
    const notices = this.#notices === 0 ? '' : `, ${this.#notices} notices`
    printLine(`${name}: ${words[outcome]}, ${total} events${notices}, drive ${drive}.`)
  }

  failed(name: string, thrown: unknown): void {
    this.#endBar()
    this.#counts.failed += 1
    if (!this.#json) return
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    const { code, tip } =
      thrown instanceof RoadwardError ? thrown : { code: 'internal', tip: undefined }
    printJson({ type: 'failed', name, code, message, tip })
  }

  close(): void {
    const { done, skipped, interrupted, failed } = this.#counts
    if (this.#json) printJson({ type: 'summary', ...this.#counts })
    else if (done + skipped + interrupted + failed > 1) {
      printLine(
        `${done} analysed, ${skipped} skipped, ${interrupted} interrupted, ${failed} failed.`,
      )
    }
  }

  #endBar(): void {
    this.#bar?.stop()
    this.#bar = undefined
  }
}
