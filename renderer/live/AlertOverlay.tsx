import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive } from '../shared/appContext.ts'
import type { AlertEvent } from '../shared/stores/driveState.ts'
import { displayStateOf, heldAlert, type DisplayState } from '../shared/stores/displayState.ts'
import { classGlyph, Glyph } from '../shared/components/Glyph.tsx'

/** There an alert would claim that somebody is watching. */
const UNWATCHED: ReadonlySet<DisplayState['kind']> = new Set(['blind', 'paused', 'ended'])

/**
 * What to do, not what was seen. Caution is a line, warning takes the bottom third, critical all;
 * one that was acknowledged shrinks to the line and leaves by itself. One that was up when sight
 * was lost leaves room for saying so, and can still be acknowledged (electron/docs/adr/0015).
 */
export function AlertOverlay(): ReactElement | undefined {
  const alert = useDrive((state) => state.alert)
  const watched = useDrive((state) => !UNWATCHED.has(displayStateOf(state).kind))
  const held = useDrive((state) => heldAlert(state) !== undefined)
  if (alert === undefined || (!watched && !held)) return undefined
  return (
    <div
      key={`${alert.level} ${alert.class}`}
      className={`alert alert-${sizeOf(alert, held)} severity-${alert.level}`}
      role="alert"
      data-level={alert.level}
    >
      <Glyph name={classGlyph(alert.class)} />
      <div className="alert-body">
        <Words alert={alert} held={held} />
        <AckButton acknowledged={alert.acknowledged} />
      </div>
    </div>
  )
}

function sizeOf({ acknowledged, level }: AlertEvent, held: boolean): AlertEvent['level'] {
  if (acknowledged) return 'caution'
  return held ? 'warning' : level
}

interface WordsProps {
  readonly alert: AlertEvent
  readonly held: boolean
}

function Words({ alert, held }: WordsProps): ReactElement {
  const { t } = useTranslation()
  const clearing = useDrive((state) => state.driver === 'safe')
  const forMs = useDrive((state) => (state.prediction?.tMs ?? alert.tMs) - alert.sinceMs)
  const lasting = t('state.for', { seconds: Math.max(1, Math.floor(forMs / 1000)) })
  const critical = alert.level === 'critical' && !alert.acknowledged && !held
  return (
    <div className="alert-words">
      <strong>{critical ? t('state.eyesUp') : t(`act.${alert.class}`)}</strong>
      <p>
        {critical ? <em>{t(`act.${alert.class}`)}</em> : <em>{t(`class.${alert.class}`)}</em>}{' '}
        {held ? t('state.unseen') : clearing ? t('state.clearing') : lasting}
      </p>
    </div>
  )
}

function AckButton({ acknowledged }: { readonly acknowledged: boolean }): ReactElement {
  const { t } = useTranslation()
  const { acknowledge } = useApp()
  if (acknowledged) return <span className="acked">{t('state.acknowledged')}</span>
  return (
    <button type="button" className="ack" onClick={acknowledge}>
      {t('ack.button')}
      <small>{t('ack.hint')}</small>
    </button>
  )
}
