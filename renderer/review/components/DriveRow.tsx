import { Radio, Video } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveSummary } from '../../../electron/contract/drives.ts'
import { levelSchema } from '../../../electron/contract/values.ts'
import { clock } from '../../shared/format/numbers.ts'
import { LevelMark } from './LevelMark.tsx'
import { useDates, useEnsembleWords, usePresetWords } from './reviewWords.ts'

export interface DriveRowProps {
  readonly index: number
  /** Where it stands in the list, in CSS pixels. */
  readonly start: number
  /** Undefined until its page has come. */
  readonly summary: DriveSummary | undefined
  readonly selected: boolean
}

/** One drive. */
export function DriveRow({ index, start, summary, selected }: DriveRowProps): ReactElement {
  return (
    <div
      id={`drive-row-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      data-index={index}
      className={`drive-row virtual-row${selected ? ' selected' : ''}`}
      style={{ transform: `translateY(${start}px)` }}
    >
      {summary === undefined ? <span role="gridcell">…</span> : <Cells summary={summary} />}
    </div>
  )
}

function Cells({ summary }: { readonly summary: DriveSummary }): ReactElement {
  const { t } = useTranslation()
  const dates = useDates()
  const ensemble = useEnsembleWords()
  const preset = usePresetWords()
  const { origin, source, labels, durationMs, worst, alerts, unreviewed, status } = summary
  const Icon = origin === 'live' ? Radio : Video
  const named = [labels.driver, labels.vehicle].filter((label) => label !== undefined)
  const said = levelSchema.options.toReversed().filter((level) => alerts[level] > 0)
  return (
    <>
      <span role="gridcell" className="cell-date">
        {dates(summary.startedAt)}
      </span>
      <span role="gridcell" className="cell-source">
        <Icon aria-hidden="true" className="origin" />
        <span className="two-lines">
          <b>{source.name}</b>
          <small>
            {ensemble(summary)} · {preset(summary.preset)}
          </small>
        </span>
      </span>
      <span role="gridcell" className="cell-labels">
        {named.length === 0 ? <span className="quiet">–</span> : named.join(' · ')}
      </span>
      <span role="gridcell" className="cell-duration">
        {clock(durationMs)}
      </span>
      <span role="gridcell" className="cell-alerts">
        {worst === undefined && <span className="quiet">{t('review.list.noAlerts')}</span>}
        {said.map((level) => (
          <span key={level} className={`count ${level}`}>
            <LevelMark level={level} bare />
            <b>{alerts[level]}</b>
          </span>
        ))}
      </span>
      <span role="gridcell" className="cell-unreviewed">
        {unreviewed > 0 ? (
          <span className="badge">{unreviewed}</span>
        ) : (
          <span className="quiet">–</span>
        )}
      </span>
      <span role="gridcell" className={`cell-status ${status}`}>
        {t(`review.status.${status}`)}
      </span>
    </>
  )
}
