import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { CLASSES, SAFE_CLASS, type ClassId } from '../../electron/core/labels.ts'
import { useDrive, useDisplayState } from '../shared/appContext.ts'
import { bandOf, percent } from '../shared/format/numbers.ts'
import { severityOf } from '../shared/stores/displayState.ts'
import { classGlyph, Glyph } from '../shared/components/Glyph.tsx'

/** The ten probabilities; c0 apart, the nine unsafe ones in an order that the eye learns. */
export function Bars(): ReactElement {
  const { t } = useTranslation()
  const look = useDisplayState()
  const judged = ['safe', 'unsafe', 'unsure', 'paused'].includes(look.kind)
  const severity = severityOf(look)
  return (
    <section className="card bars" aria-label={t('bars.label')}>
      {CLASSES.map((id, index) => (
        <Row key={id} id={id} index={index} severity={severity} judged={judged} />
      ))}
    </section>
  )
}

interface RowProps {
  readonly id: ClassId
  readonly index: number
  readonly severity: string
  /** Nobody is watching: the last numbers would be a lie. */
  readonly judged: boolean
}

function Row({ id, index, severity, judged }: RowProps): ReactElement {
  const { t } = useTranslation()
  const prediction = useDrive((state) => state.prediction)
  const share = judged ? (prediction?.probabilities[index] ?? 0) : 0
  const band = judged ? bandOf(prediction?.folds ?? [], index) : undefined
  const top = judged && prediction?.top === id
  const own = toneOfRow(id, top, severity)
  const spread =
    band === undefined
      ? undefined
      : t('bars.spread', { low: percent(band.low), high: percent(band.high) })
  return (
    <div className={`row severity-${own}${top ? ' top' : ''}`} title={spread}>
      <Glyph name={classGlyph(id)} />
      <span className="row-name">{t(`class.${id}`)}</span>
      <div className="bar" aria-hidden="true">
        <i style={{ transform: `scaleX(${share})` }} />
        {band !== undefined && (
          <u style={{ left: `${band.low * 100}%`, width: `${(band.high - band.low) * 100}%` }} />
        )}
      </div>
      <span className="row-value">{judged && prediction ? percent(share) : '–'}</span>
    </div>
  )
}

/** Colour is for who is watched now: a recording that stands has none. */
function toneOfRow(id: ClassId, top: boolean, severity: string): string {
  if (severity === 'idle') return top ? 'idle' : 'quiet'
  if (id === SAFE_CLASS) return 'safe'
  if (!top) return 'quiet'
  return severity === 'safe' ? 'caution' : severity
}
