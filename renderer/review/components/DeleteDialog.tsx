import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Problem } from '../../../electron/core/ports.ts'
import { Modal } from '../../shared/components/Modal.tsx'
import { useProblemWords } from '../../shared/components/words.ts'
import { useWorkspace } from '../context.ts'
import { problemOf } from '../problems.ts'
import type { DriveDialogProps } from './LabelsDialog.tsx'
import { useDates } from './reviewWords.ts'

/** Asked once: what is deleted does not come back. */
export function DeleteDialog({ summary, onClose }: DriveDialogProps): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const dates = useDates()
  const workspace = useWorkspace()
  const [problem, setProblem] = useState<Problem>()
  const remove = async (): Promise<void> => {
    try {
      await workspace.remove(summary.id)
      onClose()
    } catch (thrown) {
      setProblem(problemOf(thrown))
    }
  }
  return (
    <Modal title={t('review.delete.title')} onClose={onClose}>
      <p>
        <b>{summary.source.name}</b>, {dates(summary.startedAt)}
      </p>
      <p className="quiet">
        {t(summary.origin === 'live' ? 'review.delete.live' : 'review.delete.recording')}
      </p>
      {problem !== undefined && <p className="fault">{words(problem)}</p>}
      <div className="buttons">
        <button type="button" className="button" onClick={onClose}>
          {t('choose.cancel')}
        </button>
        <button type="button" className="button danger" onClick={() => void remove()}>
          {t('review.delete.open')}
        </button>
      </div>
    </Modal>
  )
}
