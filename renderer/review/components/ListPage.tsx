import { Download, ScanSearch } from 'lucide-react'
import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { DriveSummary } from '../../../electron/contract/drives.ts'
import { useProblemWords } from '../../shared/components/words.ts'
import { useDrive } from '../../shared/appContext.ts'
import { useWorkspace, useMayChange } from '../context.ts'
import { periodOf } from '../stores/filter.ts'
import { AnalyseDialog } from './AnalyseDialog.tsx'
import { AnalysisStrip } from './AnalysisStrip.tsx'
import { BarButton } from './BarButton.tsx'
import { DeleteDialog } from './DeleteDialog.tsx'
import { DriveTable } from './DriveTable.tsx'
import { EmptyList } from './EmptyList.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { LabelsDialog } from './LabelsDialog.tsx'

type Shown =
  | { readonly dialog: 'analyse' | 'export' }
  | { readonly dialog: 'labels' | 'delete'; readonly summary: DriveSummary }

/** Every recorded drive, and how to get more of them. */
export function ListPage(): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const workspace = useWorkspace()
  const mayChange = useMayChange()
  const [shown, setShown] = useState<Shown>()
  const { total, problem, filter } = useStore(workspace.list.store)
  const phase = useDrive((state) => state.phase)
  useEffect(() => {
    workspace.list.refresh()
    workspace.analyses.follow()
    // A live drive that begins or ends changes the list.
  }, [workspace, phase])
  const close = (): void => {
    setShown(undefined)
  }
  return (
    <>
      <main className="drives">
        <div className="drives-head">
          <h1>{t('review.list.title')}</h1>
          <FilterBar />
          <div className="bar-tools">
            <BarButton
              icon={Download}
              words={t('review.list.report')}
              onClick={() => {
                setShown({ dialog: 'export' })
              }}
            />
            <BarButton
              primary
              icon={ScanSearch}
              words={t('review.analyse.open')}
              disabled={!mayChange}
              onClick={() => {
                setShown({ dialog: 'analyse' })
              }}
            />
          </div>
        </div>
        <AnalysisStrip />
        {problem !== undefined && (
          <p className="fault" role="alert">
            {words(problem)}{' '}
            <button
              type="button"
              className="link"
              onClick={() => {
                workspace.list.refresh()
              }}
            >
              {t('review.form.again')}
            </button>
          </p>
        )}
        {total === 0 ? (
          <EmptyList
            onAnalyse={() => {
              setShown({ dialog: 'analyse' })
            }}
          />
        ) : (
          <DriveTable
            onLabels={(summary) => {
              setShown({ dialog: 'labels', summary })
            }}
            onDelete={(summary) => {
              setShown({ dialog: 'delete', summary })
            }}
          />
        )}
      </main>
      <footer>
        {total !== undefined && <span>{t('review.list.count', { count: total })}</span>}
        <span className="foot-end">{t('review.list.keys')}</span>
      </footer>
      {shown?.dialog === 'analyse' && <AnalyseDialog onClose={close} />}
      {shown?.dialog === 'export' && (
        <ExportDialog what={{ kind: 'period', period: periodOf(filter) }} onClose={close} />
      )}
      {shown?.dialog === 'labels' && <LabelsDialog summary={shown.summary} onClose={close} />}
      {shown?.dialog === 'delete' && <DeleteDialog summary={shown.summary} onClose={close} />}
    </>
  )
}
