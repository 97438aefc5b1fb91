import { useEffect, useId, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { reviewStateSchema, type DriveEvent } from '../../../electron/contract/drives.ts'
import { useProblemWords } from '../../shared/components/words.ts'
import { useOpenDrive, useMayChange } from '../context.ts'

const NOTE_LENGTH = 2000

/** What a fleet safety engineer makes of it: one of five, and a note. */
export function ReviewForm({ event }: { readonly event: DriveEvent }): ReactElement {
  const { t } = useTranslation()
  const { reviews } = useOpenDrive()
  const mayChange = useMayChange()
  const draft = useStore(reviews.drafts, (drafts) => drafts[event.id])
  const state = draft?.state ?? event.review.state
  return (
    <section className="review-form" aria-label={t('review.form.title')}>
      <div className="decisions" role="group" aria-label={t('review.form.state')}>
        {reviewStateSchema.options.map((each, index) => (
          <button
            key={each}
            type="button"
            className={`decision ${each}`}
            aria-pressed={state === each}
            disabled={!mayChange}
            onClick={() => void reviews.decide(event.id, event.review, each)}
          >
            <kbd aria-hidden="true">{index + 1}</kbd>
            {t(`review.state.${each}`)}
          </button>
        ))}
      </div>
      <Note event={event} mayChange={mayChange} />
      {!mayChange && <p className="quiet">{t('review.looking')}</p>}
    </section>
  )
}

function Note({
  event,
  mayChange,
}: {
  readonly event: DriveEvent
  readonly mayChange: boolean
}): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { reviews } = useOpenDrive()
  const draft = useStore(reviews.drafts, (drafts) => drafts[event.id])
  const id = useId()
  useEffect(
    () => () => {
      void reviews.save(event.id)
    },
    [reviews, event.id],
  )
  const status =
    draft === undefined
      ? event.review.changedAt === undefined
        ? ''
        : t('review.form.saved')
      : draft.saving
        ? t('review.form.saving')
        : draft.problem === undefined
          ? t('review.form.unsaved')
          : t('review.form.failed', { why: words(draft.problem) })
  return (
    <div className="note">
      <label htmlFor={id} className="hidden">
        {t('review.form.note')}
      </label>
      <textarea
        id={id}
        rows={1}
        maxLength={NOTE_LENGTH}
        placeholder={t('review.form.note')}
        readOnly={!mayChange}
        value={draft?.note ?? event.review.note}
        onChange={({ target }) => {
          reviews.write(event.id, event.review, target.value)
        }}
        onBlur={() => void reviews.save(event.id)}
        onKeyDown={(pressed) => {
          if (pressed.key === 'Enter' && (pressed.ctrlKey || pressed.metaKey)) {
            void reviews.save(event.id)
          } else if (pressed.key === 'Escape') pressed.currentTarget.blur()
        }}
      />
      <p className={`note-status${draft?.problem === undefined ? '' : ' failed'}`} role="status">
        {status}
        {draft?.problem !== undefined && (
          <button type="button" className="link" onClick={() => void reviews.save(event.id)}>
            {t('review.form.again')}
          </button>
        )}
      </p>
    </div>
  )
}
