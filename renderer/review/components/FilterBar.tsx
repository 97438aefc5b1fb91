import { Search } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { levelSchema } from '../../../electron/contract/values.ts'
import { useWorkspace } from '../context.ts'

/** What to look for. */
export function FilterBar(): ReactElement {
  const { t } = useTranslation()
  const { list } = useWorkspace()
  const filter = useStore(list.store, (state) => state.filter)
  return (
    <search className="filters">
      <label className="search">
        <Search aria-hidden="true" />
        <span className="hidden">{t('review.filter.text')}</span>
        <input
          type="search"
          placeholder={t('review.filter.text')}
          value={filter.text}
          onChange={({ target }) => {
            list.look({ text: target.value })
          }}
        />
      </label>
      <span className="dates">
        <input
          type="date"
          className="select"
          aria-label={t('review.filter.from')}
          title={t('review.filter.from')}
          value={filter.from}
          max={filter.to}
          onChange={({ target }) => {
            list.look({ from: target.value })
          }}
        />
        <span aria-hidden="true">–</span>
        <input
          type="date"
          className="select"
          aria-label={t('review.filter.to')}
          title={t('review.filter.to')}
          value={filter.to}
          min={filter.from}
          onChange={({ target }) => {
            list.look({ to: target.value })
          }}
        />
      </span>
      <select
        className="select"
        aria-label={t('review.filter.level')}
        value={filter.level ?? ''}
        onChange={({ target }) => {
          const level = levelSchema.options.find((each) => each === target.value)
          list.look({ level })
        }}
      >
        <option value="">{t('review.filter.anyLevel')}</option>
        {levelSchema.options.map((level) => (
          <option key={level} value={level}>
            {t('review.filter.fromLevel', { level: t(`level.${level}`) })}
          </option>
        ))}
      </select>
      <button
        type="button"
        className="button small toggle"
        aria-pressed={filter.unreviewed}
        onClick={() => {
          list.look({ unreviewed: !filter.unreviewed })
        }}
      >
        {t('review.filter.unreviewed')}
      </button>
    </search>
  )
}
