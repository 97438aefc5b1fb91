import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveEvent } from '../../../electron/contract/drives.ts'
import { classGlyph, Glyph } from '../../shared/components/Glyph.tsx'
import { clock, seconds } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'
import { LevelMark } from './LevelMark.tsx'
import { rowHeight } from './rowHeight.ts'

const ROW_REM = 2.9

/** Every alert in order of time. */
export function EventList(): ReactElement {
  const { t } = useTranslation()
  const events = useSession(({ drive }) => drive.events)
  const chosen = useSession(({ event }) => event)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight(ROW_REM),
    overscan: 6,
  })
  const at = events.findIndex(({ id }) => id === chosen)
  useEffect(() => {
    if (at >= 0) rows.scrollToIndex(at)
  }, [rows, at])
  if (events.length === 0) return <p className="panel-empty">{t('review.events.none')}</p>
  return (
    <div ref={scroller} className="event-list" role="list" aria-label={t('review.events.label')}>
      <div className="virtual" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map(({ index, start }) => {
          const event = events[index]
          return (
            event !== undefined && (
              <div
                key={event.id}
                role="listitem"
                className="virtual-row"
                aria-setsize={events.length}
                aria-posinset={index + 1}
                style={{ transform: `translateY(${start}px)` }}
              >
                <Row event={event} chosen={event.id === chosen} />
              </div>
            )
          )
        })}
      </div>
    </div>
  )
}

function Row({
  event,
  chosen,
}: {
  readonly event: DriveEvent
  readonly chosen: boolean
}): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const { tMs, sinceMs, clearedMs, level, review } = event
  return (
    <button
      type="button"
      className="event-row"
      aria-pressed={chosen}
      onClick={() => {
        session.act({ type: 'event', id: event.id })
      }}
    >
      <LevelMark level={level} bare />
      <span className="event-time">{clock(tMs)}</span>
      <Glyph name={classGlyph(event.class)} />
      <span className="event-class">{t(`class.${event.class}`)}</span>
      <span className="event-length">
        {clearedMs === undefined
          ? t('review.events.open')
          : t('review.seconds', { seconds: seconds(clearedMs - sinceMs) })}
      </span>
      <span className={`review-state ${review.state}`}>{t(`review.state.${review.state}`)}</span>
    </button>
  )
}
