import { useVirtualizer } from '@tanstack/react-virtual'
import { useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { classGlyph, Glyph } from '../../shared/components/Glyph.tsx'
import { clock, seconds } from '../../shared/format/numbers.ts'
import { useOpenDrive } from '../context.ts'
import { countKinds, timeOf, type Difference } from '../stores/comparison.ts'
import { LevelMark } from './LevelMark.tsx'
import { rowHeight } from './rowHeight.ts'

const ROW_REM = 2.5

/** How many alerts appear, disappear and move, and which. */
export function Differences(): ReactElement {
  const { t } = useTranslation()
  const { whatIf } = useOpenDrive()
  const { differences, laneA, laneB } = useStore(whatIf.store)
  const counts = countKinds(differences)
  const changed = differences.filter(({ kind }) => kind !== 'same')
  if (laneA === undefined || laneB === undefined) return <p className="quiet">{t('review.busy')}</p>
  return (
    <section className="differences" aria-label={t('review.whatIf.differences')}>
      <p className="balance" role="status">
        <b>{t('review.whatIf.alerts', { count: laneA.alerts.length })}</b>
        <span aria-hidden="true">→</span>
        <b>{t('review.whatIf.alerts', { count: laneB.alerts.length })}</b>
        <span className="new">{t('review.whatIf.counts.new', { number: counts.new })}</span>
        <span className="gone">{t('review.whatIf.counts.gone', { number: counts.gone })}</span>
        <span className="moved">{t('review.whatIf.counts.moved', { number: counts.moved })}</span>
      </p>
      {changed.length === 0 ? (
        <p className="quiet">{t('review.whatIf.same')}</p>
      ) : (
        <List changed={changed} />
      )}
    </section>
  )
}

function List({ changed }: { readonly changed: readonly Difference[] }): ReactElement {
  const { t } = useTranslation()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: changed.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight(ROW_REM),
    overscan: 6,
  })
  return (
    <div
      ref={scroller}
      className="difference-list"
      role="list"
      aria-label={t('review.whatIf.differences')}
    >
      <div className="virtual" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const difference = changed[index]
          return (
            difference !== undefined && (
              <div
                key={index}
                role="listitem"
                aria-setsize={changed.length}
                aria-posinset={index + 1}
                className="virtual-row"
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row difference={difference} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function Row({ difference }: { readonly difference: Difference }): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const tMs = timeOf(difference)
  const alert = difference.kind === 'new' ? difference.b : difference.a
  return (
    <button
      type="button"
      className="event-row difference"
      onClick={() => {
        session.act({ type: 'seek', tMs })
      }}
    >
      <span className={`kind ${difference.kind}`}>
        {t(`review.whatIf.kind.${difference.kind}`)}
      </span>
      <span className="event-time">{clock(tMs)}</span>
      <Glyph name={classGlyph(alert.class)} />
      <span className="event-class">{t(`class.${alert.class}`)}</span>
      <LevelMark level={alert.level} bare />
      {difference.kind === 'moved' && <Moved difference={difference} />}
    </button>
  )
}

function Moved({
  difference,
}: {
  readonly difference: Difference & { kind: 'moved' }
}): ReactElement {
  const { t } = useTranslation()
  const { byMs, byLevels, b } = difference
  const key = byMs < 0 ? 'review.whatIf.earlier' : 'review.whatIf.later'
  return (
    <span className="moved-by">
      {byLevels !== 0 && (
        <>
          <span aria-hidden="true">→</span> <LevelMark level={b.level} bare />
        </>
      )}
      {Math.abs(byMs) >= 50 && <span>{t(key, { seconds: seconds(Math.abs(byMs)) })}</span>}
    </span>
  )
}
