import type { DriveScore } from '../../core/evaluation/driveScore.ts'
import type { Millis } from '../../core/frame.ts'
import { printLine } from '../../app/commandLine/output.ts'

const MINUTE_MS = 60_000

const COLUMNS = [16, 12, 12, 12, 20, 9, 9, 11] as const

const HEADER = [
  'preset',
  'found',
  'delay p50',
  'delay p95',
  'false alerts (/h)',
  'unsure',
  'blind',
  'all-clear',
]

/** The drives as each preset saw them; with one preset also the episodes that it missed. */
export function printDriveTable(scores: readonly DriveScore[]): void {
  const [first] = scores
  if (first === undefined) return
  const minutes = (first.safeMs / MINUTE_MS).toFixed(1)
  const drives = first.drives === 1 ? '1 drive' : `${first.drives} drives`
  printLine(
    `${drives}, ${first.episodes} unsafe episodes of 3 s or more, ` +
      `${minutes} minutes of safe driving`,
  )
  printLine(row(HEADER))
  for (const score of scores) printLine(row(cells(score)))
  printLine('all-clear: share of unsafe frames that the monitor called safe')
  if (scores.length > 1) return
  for (const { drive, class: id, fromMs, toMs } of first.missed) {
    printLine(`missed: ${drive} ${id} from ${seconds(fromMs)} to ${seconds(toMs)}`)
  }
}

function cells(score: DriveScore): string[] {
  const { falseAlerts, falseAlertsPerHour, delayMs } = score
  return [
    score.preset,
    `${score.found}/${score.episodes}`,
    seconds(delayMs.p50),
    seconds(delayMs.p95),
    `${falseAlerts} (${falseAlertsPerHour?.toFixed(1) ?? '-'})`,
    percent(score.unsureShare),
    percent(score.blindShare),
    percent(score.allClearShare),
  ]
}

function row(texts: readonly string[]): string {
  return `  ${texts.map((text, i) => text.padEnd(COLUMNS[i] ?? 0)).join('')}`.trimEnd()
}

function seconds(ms: Millis | undefined): string {
  return ms === undefined ? '-' : `${(ms / 1000).toFixed(1)} s`
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
