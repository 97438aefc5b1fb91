import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { DriveSummary } from '../../../electron/contract/drives.ts'
import { useWorkspace, useMayChange } from '../context.ts'
import { DriveRow } from './DriveRow.tsx'
import { rowHeight } from './rowHeight.ts'

const ROW_REM = 3.4
const HEAD_REM = 2.4

const COLUMNS = ['date', 'source', 'labels', 'duration', 'alerts', 'unreviewed', 'status'] as const

export interface DriveTableProps {
  readonly onLabels: (summary: DriveSummary) => void
  readonly onDelete: (summary: DriveSummary) => void
}

/** The list; only what is on the screen is in the page. */
export function DriveTable({ onLabels, onDelete }: DriveTableProps): ReactElement {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const { list } = workspace
  const mayChange = useMayChange()
  const { total = 0, selected } = useStore(list.store)
  const grid = useRef<HTMLDivElement>(null)
  const headHeight = rowHeight(HEAD_REM)
  const rows = useVirtualizer({
    count: total,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight(ROW_REM),
    // The head stays on top of what scrolls.
    scrollMargin: headHeight,
    scrollPaddingStart: headHeight,
    overscan: 8,
  })
  const items = rows.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  useEffect(() => {
    list.want(first, last)
  }, [list, first, last])
  useEffect(() => {
    if (total > 0) rows.scrollToIndex(selected)
  }, [rows, selected, total])
  useEffect(() => {
    if (document.activeElement === document.body) grid.current?.focus()
  }, [])
  const page = Math.max(1, last - first - 8)
  const onKey = (event: KeyboardEvent): void => {
    const summary = list.driveAt(selected)
    const moves: Partial<Record<string, number>> = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      PageDown: selected + page,
      PageUp: selected - page,
      Home: 0,
      End: total - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) list.select(to)
    else if (event.key === 'Enter' && summary !== undefined) void workspace.open(summary.id)
    else if (event.key === 'Delete' && summary !== undefined && mayChange) onDelete(summary)
    else if (event.key === 'F2' && summary !== undefined && mayChange) onLabels(summary)
    else return
    event.preventDefault()
  }
  const onClick = ({ target }: MouseEvent): void => {
    const row = target instanceof Element ? target.closest('[data-index]') : null
    if (row === null) return
    const index = Number(row.getAttribute('data-index'))
    const summary = list.driveAt(index)
    list.select(index)
    if (summary !== undefined) void workspace.open(summary.id)
  }
  return (
    <div
      ref={grid}
      className="drive-table"
      role="grid"
      tabIndex={0}
      aria-label={t('review.list.title')}
      aria-rowcount={total + 1}
      aria-activedescendant={`drive-row-${selected}`}
      onKeyDown={onKey}
      onClick={onClick}
    >
      <div role="row" aria-rowindex={1} className="drive-row head">
        {COLUMNS.map((name) => (
          <span key={name} role="columnheader" className={`cell-${name}`}>
            {t(`review.list.${name}`)}
          </span>
        ))}
      </div>
      <div role="rowgroup">
        <div className="virtual" role="presentation" style={{ height: rows.getTotalSize() }}>
          {items.map(({ index, start }) => (
            <DriveRow
              key={index}
              index={index}
              start={start - headHeight}
              summary={list.driveAt(index)}
              selected={index === selected}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
