import { ArrowLeft, ChevronDown, ChevronUp, Film } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveEvent } from '../../../electron/contract/drives.ts'
import { classGlyph, Glyph } from '../../shared/components/Glyph.tsx'
import { clock, seconds } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'
import { eventOf } from '../stores/sessionState.ts'
import { LevelMark } from './LevelMark.tsx'
import { ReviewForm } from './ReviewForm.tsx'
import { Why } from './Why.tsx'

/** One alert: what it was, why it was told, and what a person makes of it. */
export function EventDetail(): ReactElement | undefined {
  const event = useSession(eventOf)
  if (event === undefined) return undefined
  return (
    <article className="event-detail">
      <Head event={event} />
      <div className="event-body">
        <ReviewForm key={`review-${event.id}`} event={event} />
        <Reasons key={event.id} event={event} />
      </div>
    </article>
  )
}

function Head({ event }: { readonly event: DriveEvent }): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const events = useSession(({ drive }) => drive.events)
  const at = events.indexOf(event)
  const go = (id: number | undefined) => () => {
    if (id !== undefined) session.act({ type: 'event', id })
  }
  return (
    <header className="event-head">
      <button
        type="button"
        className="tool back"
        aria-label={t('review.events.all')}
        title={t('review.events.all')}
        onClick={() => {
          session.act({ type: 'event', id: undefined })
        }}
      >
        <ArrowLeft />
      </button>
      <Glyph name={classGlyph(event.class)} />
      <h2>{t(`class.${event.class}`)}</h2>
      <LevelMark level={event.level} />
      <span className="event-of">
        {t('review.events.of', { at: at + 1, count: events.length })}
      </span>
      <button
        type="button"
        className="tool"
        aria-label={t('review.transport.last')}
        disabled={at <= 0}
        onClick={go(events[at - 1]?.id)}
      >
        <ChevronUp />
      </button>
      <button
        type="button"
        className="tool"
        aria-label={t('review.transport.next')}
        disabled={at >= events.length - 1}
        onClick={go(events[at + 1]?.id)}
      >
        <ChevronDown />
      </button>
    </header>
  )
}

/** The steps of the alert as tabs of one list, and the reason of the chosen one. */
function Reasons({ event }: { readonly event: DriveEvent }): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const [chosen, setChosen] = useState(0)
  const folds = useSession(({ drive }) => drive.folds)
  const preset = useSession(({ drive }) => drive.preset)
  const pictures = useSession(({ drive }) => drive.summary.pictures)
  const step = event.steps[chosen] ?? event.steps[0]
  const { clearedMs, sinceMs, acknowledged } = event
  const ended =
    clearedMs === undefined
      ? t('review.why.stillUp')
      : t('review.why.cleared', { seconds: seconds(clearedMs - sinceMs) })
  return (
    <section className="why" aria-label={t('review.why.title')}>
      <div className="why-head">
        <h3>{t('review.why.title')}</h3>
        {event.steps.length > 1 && (
          <div className="steps" role="group" aria-label={t('review.why.steps')}>
            {event.steps.map(({ tMs, level }, index) => (
              <button
                key={tMs}
                type="button"
                className="step"
                aria-pressed={index === chosen}
                onClick={() => {
                  setChosen(index)
                  session.act({ type: 'seek', tMs })
                }}
              >
                <LevelMark level={level} bare />
                <span>{clock(tMs)}</span>
              </button>
            ))}
          </div>
        )}
        {(event.clip !== undefined || pictures === 'recording' || pictures === 'drive') && (
          <button
            type="button"
            className="button small"
            onClick={() => {
              session.act({ type: 'clip' })
            }}
          >
            <Film aria-hidden="true" /> {t('review.clip')}
          </button>
        )}
      </div>
      {step !== undefined && <Why step={step} preset={preset} folds={folds} />}
      <p className="quiet">
        {[
          t('review.why.began', { time: clock(sinceMs) }),
          ended,
          acknowledged ? t('review.why.acknowledged') : undefined,
        ]
          .filter((part) => part !== undefined)
          .join(' ')}
      </p>
    </section>
  )
}
