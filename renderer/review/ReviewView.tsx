import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Header } from '../shared/components/Header.tsx'
import { useProblemWords } from '../shared/components/words.ts'
import { useWorkspace } from './context.ts'
import { DriveReview } from './components/DriveReview.tsx'
import { ListPage } from './components/ListPage.tsx'

/** Recorded drives: the list, or one of them. */
export function ReviewView(): ReactElement {
  const { drive, openDrive } = useStore(useWorkspace().store)
  return (
    <div className={`screen drive review${drive === undefined ? '' : ' open'}`}>
      <Header />
      {drive === undefined ? (
        <ListPage />
      ) : openDrive === undefined ? (
        <Opening />
      ) : (
        <DriveReview key={drive} openDrive={openDrive} />
      )}
    </div>
  )
}

function Opening(): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const workspace = useWorkspace()
  const problem = useStore(workspace.store, (state) => state.problem)
  return (
    <main className="drives opening">
      <p role="status">{problem === undefined ? t('review.opening') : words(problem)}</p>
      <button
        type="button"
        className="button"
        onClick={() => {
          workspace.close()
        }}
      >
        {t('review.back')}
      </button>
    </main>
  )
}
