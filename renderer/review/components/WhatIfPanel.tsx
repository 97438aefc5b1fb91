import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import type { DriveSummary } from '../../../electron/contract/drives.ts'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import { PRESETS } from '../../../electron/core/monitor/presets/all.ts'
import { useProblemWords } from '../../shared/components/words.ts'
import { useOpenDrive, useSession } from '../context.ts'
import type { Side } from '../stores/whatIf.ts'
import { Differences } from './Differences.tsx'
import { Knobs } from './Knobs.tsx'
import { useEnsembleWords, usePresetWords } from './reviewWords.ts'

/** Two ways to alert on the same predictions, or the same recording by other networks. */
export function WhatIfPanel(): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { whatIf } = useOpenDrive()
  const { a, b, busy, problem, others } = useStore(whatIf.store)
  return (
    <div className="what-if">
      <div className="sides">
        <SideSelect
          label={t('review.whatIf.a')}
          side={a}
          others={others}
          onChange={(side) => {
            if (side !== undefined) whatIf.choose({ a: side })
          }}
        />
        <SideSelect
          label={t('review.whatIf.b')}
          side={b}
          others={others}
          nothing={t('review.whatIf.choose')}
          onChange={(side) => {
            if (side === undefined) whatIf.clear()
            else whatIf.choose({ b: side })
          }}
        />
      </div>
      {b === undefined && <p className="panel-empty">{t('review.whatIf.hint')}</p>}
      {problem !== undefined && <p className="fault">{words(problem)}</p>}
      {b !== undefined && (
        <div className={`what-if-body${busy ? ' busy' : ''}`} aria-busy={busy}>
          <Differences />
          {b.kind === 'preset' && <Knobs side={b} />}
        </div>
      )}
    </div>
  )
}

interface SelectProps {
  readonly label: string
  readonly side: Side | undefined
  readonly others: readonly DriveSummary[]
  /** What stands there while nothing is chosen. */
  readonly nothing?: string
  readonly onChange: (side: Side | undefined) => void
}

function SideSelect({ label, side, others, nothing, onChange }: SelectProps): ReactElement {
  const { t } = useTranslation()
  const preset = usePresetWords()
  const ensemble = useEnsembleWords()
  const recorded = useSession(({ drive }) => drive.preset)
  const presets = presetsWith(recorded)
  return (
    <label className="side-select">
      <span className="field-label">{label}</span>
      <select
        className="select"
        value={valueOf(side)}
        onChange={({ target }) => {
          onChange(sideOf(target.value, presets, others))
        }}
      >
        {nothing !== undefined && <option value="">{nothing}</option>}
        <option value="recorded">{t('review.whatIf.recorded')}</option>
        <optgroup label={t('review.whatIf.presets')}>
          {presets.map(({ id, title }) => (
            <option key={id} value={`preset:${id}`}>
              {preset(id, title)}
            </option>
          ))}
        </optgroup>
        {others.length > 0 && (
          <optgroup label={t('review.whatIf.others')}>
            {others.map((drive) => (
              <option key={drive.id} value={`drive:${drive.id}`}>
                {ensemble(drive)}
              </option>
            ))}
          </optgroup>
        )}
      </select>
    </label>
  )
}

/** Those that ship, and the drive's own where it was a user's. */
function presetsWith(own: Preset): readonly Preset[] {
  return PRESETS.some(({ id }) => id === own.id) ? PRESETS : [own, ...PRESETS]
}

function valueOf(side: Side | undefined): string {
  switch (side?.kind) {
    case 'preset':
      return `preset:${side.preset.id}`
    case 'drive':
      return `drive:${side.drive.id}`
    case 'recorded':
      return 'recorded'
    case undefined:
      return ''
  }
}

function sideOf(
  value: string,
  presets: readonly Preset[],
  others: readonly DriveSummary[],
): Side | undefined {
  if (value === 'recorded') return { kind: 'recorded' }
  const [kind, id] = value.split(/:(.*)/)
  if (kind === 'drive') {
    const drive = others.find((each) => `${each.id}` === id)
    return drive === undefined ? undefined : { kind: 'drive', drive }
  }
  const preset = presets.find((each) => each.id === id)
  return preset === undefined ? undefined : { kind: 'preset', preset, edited: false }
}
