import { X } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { Analysis } from '../../../electron/contract/drives.ts'
import { useProblemWords } from '../../shared/components/words.ts'
import { clock, percent, sourceName } from '../../shared/format/numbers.ts'
import { useWorkspace, useMayChange } from '../context.ts'
import { isUnderWay } from '../stores/analyses.ts'

/** Recordings that are being analysed, or could not be. */
export function AnalysisStrip(): ReactElement | undefined {
  const { t } = useTranslation()
  const { analyses } = useWorkspace()
  const list = useStore(analyses.store, (state) => state.list)
  const shown = list.filter((analysis) => isUnderWay(analysis) || analysis.state === 'failed')
  if (shown.length === 0) return undefined
  return (
    <ul className="analyses" aria-label={t('review.analyse.under')}>
      {shown.map((analysis) => (
        <Row key={analysis.id} analysis={analysis} />
      ))}
    </ul>
  )
}

function Row({ analysis }: { readonly analysis: Analysis }): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { analyses } = useWorkspace()
  const mayChange = useMayChange()
  const { id, uri, state, progress, leftMs, problem } = analysis
  const label = isUnderWay(analysis) ? t('review.analyse.cancel') : t('review.analyse.forget')
  return (
    <li className={`analysis ${state}`}>
      <b>{sourceName(uri)}</b>
      {state === 'failed' ? (
        <span className="fault">{problem === undefined ? '' : words(problem)}</span>
      ) : (
        <>
          <progress
            value={progress ?? (state === 'waiting' ? 0 : undefined)}
            aria-label={sourceName(uri)}
          />
          <span className="quiet">
            {state === 'waiting'
              ? t('review.analyse.waiting')
              : [
                  progress === undefined ? undefined : percent(progress),
                  leftMs === undefined
                    ? undefined
                    : t('review.analyse.left', { time: clock(leftMs + 999) }),
                ]
                  .filter((part) => part !== undefined)
                  .join(' · ')}
          </span>
        </>
      )}
      <button
        type="button"
        className="tool"
        aria-label={label}
        title={label}
        disabled={!mayChange}
        onClick={() => void analyses.cancel(id)}
      >
        <X />
      </button>
    </li>
  )
}
