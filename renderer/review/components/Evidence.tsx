import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { DriveEvent } from '../../../electron/contract/drives.ts'
import { CLASSES, type ClassId } from '../../../electron/core/labels.ts'
import { percent } from '../../shared/format/numbers.ts'
import { foldColumns } from '../foldColumns.ts'

/** As many classes as matter; the others are near nothing in every column. */
const SHOWN = 4

interface EvidenceProps {
  readonly step: DriveEvent['steps'][number]
  /** Names of the folds. */
  readonly folds: readonly string[]
}

interface Column {
  readonly label: string
  readonly title?: string | undefined
  readonly shares: readonly number[]
}

/** What the networks said of the frame: together, smoothed, and one by one. */
export function Evidence({ step, folds }: EvidenceProps): ReactElement {
  const { t } = useTranslation()
  const { probabilities, smoothed } = step.explanation
  const columns: readonly Column[] = [
    { label: t('review.evidence.frame'), shares: probabilities },
    { label: t('review.evidence.smoothed'), shares: smoothed },
    ...useFoldColumns(step.folds, folds),
  ]
  const weight = (id: ClassId): number => Math.max(...columns.map((each) => shareOf(each, id)))
  const shown = CLASSES.toSorted((a, b) => weight(b) - weight(a))
    .slice(0, SHOWN)
    .sort((a, b) => CLASSES.indexOf(a) - CLASSES.indexOf(b))
  return (
    <table className="evidence">
      <caption className="hidden">{t('review.evidence.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('review.evidence.class')}</th>
          {columns.map(({ label, title }) => (
            <th key={label} scope="col" title={title}>
              {label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {shown.map((id) => (
          <tr key={id}>
            <th scope="row">
              <i className={`swatch of-${id}`} aria-hidden="true" />
              {t(`class.${id}`)}
            </th>
            {columns.map((each) => (
              <Cell key={each.label} share={shareOf(each, id)} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function useFoldColumns(
  said: readonly (readonly number[])[],
  names: readonly string[],
): readonly Column[] {
  const { t } = useTranslation()
  const columns = foldColumns(said)
  if (columns.kind === 'each') {
    return columns.folds.map((shares, index) => ({
      label: t('review.evidence.fold', { number: index + 1 }),
      title: names[index],
      shares,
    }))
  }
  const title = t('review.evidence.range', { count: said.length })
  return [
    { label: t('review.evidence.lowest'), title, shares: columns.lowest },
    { label: t('review.evidence.highest'), title, shares: columns.highest },
  ]
}

function shareOf({ shares }: Column, id: ClassId): number {
  return shares[CLASSES.indexOf(id)] ?? 0
}

function Cell({ share }: { readonly share: number }): ReactElement {
  return (
    <td className={share >= 0.5 ? 'strong' : ''}>
      <i aria-hidden="true" style={{ transform: `scaleX(${share})` }} />
      <span>{percent(share)}</span>
    </td>
  )
}
