import { ArrowLeft, Download, Tag, Trash2 } from 'lucide-react'
import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { clock } from '../../shared/format/numbers.ts'
import { useWorkspace, useMayChange, useSession } from '../context.ts'
import { BarButton } from './BarButton.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { LabelsDialog } from './LabelsDialog.tsx'
import { LevelMark } from './LevelMark.tsx'
import { useDates, usePresetWords } from './reviewWords.ts'

type Shown = 'labels' | 'export' | 'delete' | undefined

/** Which drive this is, and what can be done with it as a whole. */
export function DriveBar(): ReactElement {
  const { t } = useTranslation()
  const workspace = useWorkspace()
  const mayChange = useMayChange()
  const dates = useDates()
  const preset = usePresetWords()
  const [shown, setShown] = useState<Shown>()
  const drive = useSession((state) => state.drive)
  const event = useSession((state) => state.event)
  const { summary } = drive
  const { driver, vehicle } = summary.labels
  const close = (): void => {
    setShown(undefined)
  }
  return (
    <section className="drive-bar" aria-label={summary.source.name}>
      <button
        type="button"
        className="tool back"
        aria-label={t('review.back')}
        title={t('review.back')}
        onClick={() => {
          workspace.close()
        }}
      >
        <ArrowLeft />
      </button>
      <h1>{summary.source.name}</h1>
      {summary.worst !== undefined && <LevelMark level={summary.worst} bare />}
      <p className="drive-facts">
        <span>{dates(summary.startedAt)}</span>
        <span>{clock(summary.durationMs)}</span>
        <span>{preset(drive.preset.id, drive.preset.title)}</span>
        {driver !== undefined && <span className="chip">{driver}</span>}
        {vehicle !== undefined && <span className="chip">{vehicle}</span>}
      </p>
      <div className="bar-tools">
        <BarButton
          icon={Tag}
          words={t('review.labels.open')}
          disabled={!mayChange}
          onClick={() => {
            setShown('labels')
          }}
        />
        <BarButton
          icon={Download}
          words={t('review.export.open')}
          onClick={() => {
            setShown('export')
          }}
        />
        <button
          type="button"
          className="tool"
          aria-label={t('review.delete.open')}
          title={t('review.delete.open')}
          disabled={!mayChange}
          onClick={() => {
            setShown('delete')
          }}
        >
          <Trash2 />
        </button>
      </div>
      {shown === 'labels' && <LabelsDialog summary={summary} onClose={close} />}
      {shown === 'delete' && <DeleteDialog summary={summary} onClose={close} />}
      {shown === 'export' && (
        <ExportDialog what={{ kind: 'drive', drive: summary.id, event }} onClose={close} />
      )}
    </section>
  )
}
