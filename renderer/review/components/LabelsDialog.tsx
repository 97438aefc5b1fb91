import { useId, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveLabels, DriveSummary } from '../../../electron/contract/drives.ts'
import { LABEL_LENGTH, NOTE_LENGTH } from '../../../electron/contract/values.ts'
import type { Problem } from '../../../electron/core/ports.ts'
import { LengthLimit } from '../../shared/components/LengthLimit.tsx'
import { Modal } from '../../shared/components/Modal.tsx'
import { useProblemWords } from '../../shared/components/words.ts'
import { useWorkspace } from '../context.ts'
import { problemOf } from '../problems.ts'

export interface DriveDialogProps {
  readonly summary: DriveSummary
  readonly onClose: () => void
}

/** Who drove what, in the words of the fleet. */
export function LabelsDialog({ summary, onClose }: DriveDialogProps): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const workspace = useWorkspace()
  const [draft, setDraft] = useState<DriveLabels>(summary.labels)
  const [problem, setProblem] = useState<Problem>()
  const save = async (): Promise<void> => {
    try {
      const labels = await workspace.archive.label(summary.id, tidy(draft))
      workspace.store.getState().openDrive?.session.act({ type: 'labelled', labels })
      workspace.list.refresh()
      onClose()
    } catch (thrown) {
      setProblem(problemOf(thrown))
    }
  }
  return (
    <Modal title={t('review.labels.title')} onClose={onClose}>
      <form
        className="labels-form"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Field
          label={t('review.labels.driver')}
          value={draft.driver}
          length={LABEL_LENGTH}
          onChange={(driver) => {
            setDraft({ ...draft, driver })
          }}
        />
        <Field
          label={t('review.labels.vehicle')}
          value={draft.vehicle}
          length={LABEL_LENGTH}
          onChange={(vehicle) => {
            setDraft({ ...draft, vehicle })
          }}
        />
        <Field
          label={t('review.labels.note')}
          value={draft.note}
          length={NOTE_LENGTH}
          onChange={(note) => {
            setDraft({ ...draft, note })
          }}
        />
        <div className="buttons">
          {problem !== undefined && <p className="fault">{words(problem)}</p>}
          <button type="submit" className="button primary">
            {t('review.save')}
          </button>
        </div>
      </form>
    </Modal>
  )
}

interface FieldProps {
  readonly label: string
  readonly value: string | undefined
  readonly length: number
  readonly onChange: (value: string) => void
}

function Field({ label, value = '', length, onChange }: FieldProps): ReactElement {
  const id = useId()
  return (
    <div className="field">
      <label className="field-label" htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="text"
        className="input flat"
        maxLength={length}
        value={value}
        onChange={({ target }) => {
          onChange(target.value)
        }}
      />
      <LengthLimit value={value} length={length} />
    </div>
  )
}

/** An empty field is no label. */
function tidy({ driver = '', vehicle = '', note = '' }: DriveLabels): DriveLabels {
  const kept = { driver: driver.trim(), vehicle: vehicle.trim(), note: note.trim() }
  return Object.fromEntries(Object.entries(kept).filter(([, text]) => text !== ''))
}
