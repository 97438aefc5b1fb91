import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDrive } from '../shared/appContext.ts'
import { percent, seconds } from '../shared/format/numbers.ts'
import type { DriveState, PredictionEvent } from '../shared/stores/driveState.ts'
import { displayStateOf, severityOf, type DisplayState } from '../shared/stores/displayState.ts'
import { Budget } from '../shared/components/Budget.tsx'
import { Glyph, lookGlyph } from '../shared/components/Glyph.tsx'
import { Ring } from './Ring.tsx'
import { useStateWords } from '../shared/components/words.ts'

/** Mean distance of the folds to their mean from which they are said to disagree. */
const DISAGREE_FROM = 0.2

/** Where the last prediction is the one on screen. */
const MEASURED: ReadonlySet<DisplayState['kind']> = new Set(['safe', 'unsafe', 'paused'])

/** The state in words, and how long it is until an alert. */
export function StateCard(): ReactElement {
  const state = useDrive((drive) => drive)
  const words = useStateWords()
  const look = displayStateOf(state)
  const { title, hint } = words(look)
  return (
    <section id="state" className={`card state severity-${severityOf(look)}`} aria-live="polite">
      <div className="state-words">
        <h1>{title}</h1>
        <p>
          <Detail look={look} hint={hint} state={state} />
        </p>
      </div>
      <DwellRing look={look} prediction={state.prediction} />
      <Budgets look={look} prediction={state.prediction} />
    </section>
  )
}

function Detail({
  look,
  hint,
  state,
}: {
  readonly look: DisplayState
  readonly hint: string
  readonly state: DriveState
}): string {
  const { t } = useTranslation()
  const { prediction } = state
  if (look.kind === 'ended') return t('state.endedHint', { count: state.alerts })
  if (look.kind === 'failed' || look.kind === 'idle') return ''
  if (prediction === undefined || !MEASURED.has(look.kind)) return hint
  const { status, folds, disagreement } = prediction
  const agreement = disagreement < DISAGREE_FROM ? 'state.agree' : 'state.split'
  return [
    ...(look.kind === 'paused' ? [t(`class.${prediction.top}`)] : []),
    t('state.unsafe', { percent: percent(status.unsafe ?? 0) }),
    t(agreement, { count: folds.length }),
  ].join(' · ')
}

interface Measured {
  readonly look: DisplayState
  readonly prediction: PredictionEvent | undefined
}

/** Fills up to the next level; empties while attention clears an alert. */
function DwellRing({ look, prediction }: Measured): ReactElement {
  const status = prediction?.status
  const quiet = <Glyph name={lookGlyph(look)} />
  if (status === undefined || (look.kind !== 'safe' && look.kind !== 'unsafe')) {
    return <Ring share={0}>{quiet}</Ring>
  }
  if (look.kind === 'safe') {
    const clearing = status.level === undefined ? 0 : 1 - status.attentiveMs / status.clearMs
    return <Ring share={clearing}>{quiet}</Ring>
  }
  const share = status.next === undefined ? 1 : status.next.elapsedMs / status.next.thresholdMs
  return (
    <Ring share={share}>
      <span className="ring-number">{seconds(status.dwellMs)}</span>
    </Ring>
  )
}

function Budgets({ look, prediction }: Measured): ReactElement | undefined {
  const { t } = useTranslation()
  const status = prediction?.status
  const judged = look.kind === 'unsure' || MEASURED.has(look.kind)
  if (status === undefined || !judged) return undefined
  const { next, cumulative } = status
  return (
    <div className="budgets" role="group" aria-label={t('meter.label')}>
      {next !== undefined && (
        <Budget
          label={t('meter.row')}
          usedMs={look.kind === 'safe' ? 0 : next.elapsedMs}
          allowedMs={next.thresholdMs}
          severity={look.kind === 'paused' ? 'idle' : next.level}
        />
      )}
      {cumulative !== undefined && (
        <Budget
          label={t('meter.window', { seconds: cumulative.windowMs / 1000 })}
          usedMs={cumulative.usedMs}
          allowedMs={cumulative.allowedMs}
          severity={cumulative.usedMs > 0 && look.kind !== 'paused' ? 'caution' : 'idle'}
        />
      )}
    </div>
  )
}
