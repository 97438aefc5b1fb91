import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { Glyph } from '../../shared/components/Glyph.tsx'
import { useWorkspace, useMayChange } from '../context.ts'
import { isFiltered, NO_FILTER } from '../stores/filter.ts'

/** Nothing matches, or there is nothing yet: then how drives come about. */
export function EmptyList({ onAnalyse }: { readonly onAnalyse: () => void }): ReactElement {
  const { t } = useTranslation()
  const { list } = useWorkspace()
  const mayChange = useMayChange()
  const filtered = useStore(list.store, ({ filter }) => isFiltered(filter))
  return (
    <div className="empty">
      <Glyph name="eye" />
      <h2>{t(filtered ? 'review.empty.filtered' : 'review.empty.title')}</h2>
      {filtered ? (
        <button
          type="button"
          className="button"
          onClick={() => {
            list.look(NO_FILTER)
          }}
        >
          {t('review.empty.clear')}
        </button>
      ) : (
        <>
          <p>{t('review.empty.live')}</p>
          <p>{t('review.empty.recording')}</p>
          <button
            type="button"
            className="button primary"
            disabled={!mayChange}
            onClick={onAnalyse}
          >
            {t('review.analyse.open')}
          </button>
        </>
      )}
    </div>
  )
}
