import { ChevronDown, ChevronUp } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive, useSettings } from '../shared/appContext.ts'
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
  return <Overlay key={`${alert.level} ${alert.class}`} alert={alert} held={held} />
}

interface OverlayProps {
  readonly alert: AlertEvent
  /** It was up when sight was lost. */
  readonly held: boolean
}

function Overlay({ alert, held }: OverlayProps): ReactElement {
  const working = useWorking()
  const [opened, setOpened] = useState(false)
  const bar = working && !opened
  const size = bar ? 'bar' : sizeOf(alert, held)
  return (
    <div
      className={`alert alert-${size} severity-${alert.level}`}
      role="alert"
      data-level={alert.level}
    >
      <Glyph name={classGlyph(alert.class)} />
      <div className="alert-body">
        <Words alert={alert} brief={bar || held} held={held} />
        <AckButton acknowledged={alert.acknowledged} />
        {working && sizeOf(alert, held) !== 'caution' && (
          <OpenButton opened={opened} onChange={setOpened} />
        )}
      </div>
    </div>
  )
}

/** Somebody reviews recorded drives here: they are not at the wheel, unless this is a kiosk. */
function useWorking(): boolean {
  const view = useSettings((settings) => settings.view)
  const kiosk = useDrive((state) => state.installation?.settings.kiosk === true)
  return view === 'review' && !kiosk
}

function sizeOf({ acknowledged, level }: AlertEvent, held: boolean): AlertEvent['level'] {
  if (acknowledged) return 'caution'
  return held && level === 'critical' ? 'warning' : level
}

interface OpenButtonProps {
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
}

function OpenButton({ opened, onChange }: OpenButtonProps): ReactElement {
  const { t } = useTranslation()
  const label = t(opened ? 'ack.smaller' : 'ack.larger')
  const Icon = opened ? ChevronDown : ChevronUp
  return (
    <button
      type="button"
      className="alert-open"
      aria-label={label}
      title={label}
      aria-expanded={opened}
      onClick={() => {
        onChange(!opened)
      }}
    >
      <Icon />
    </button>
  )
}

interface WordsProps {
  readonly alert: AlertEvent
  /** There is no room for more than what to do. */
  readonly brief: boolean
  readonly held: boolean
}

function Words({ alert, brief, held }: WordsProps): ReactElement {
  const { t } = useTranslation()
  const clearing = useDrive((state) => state.driver === 'safe')
  const forMs = useDrive((state) => (state.prediction?.tMs ?? alert.tMs) - alert.sinceMs)
  const lasting = t('state.for', { seconds: Math.max(1, Math.floor(forMs / 1000)) })
  const critical = alert.level === 'critical' && !alert.acknowledged && !brief
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
