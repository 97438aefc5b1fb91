import * as Slider from '@radix-ui/react-slider'
import { RotateCcw } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import { findPreset } from '../../../electron/core/monitor/presets/all.ts'
import { percent, threshold } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'
import { faultOf, knobsOf, turned, type Knob } from '../stores/thresholds.ts'
import type { Side } from '../stores/whatIf.ts'
import { useRuleWords } from './reviewWords.ts'

const LONGEST_MS = 30_000
const STEP_MS = 100

/** The thresholds of side B; what they change is seen at once. */
export function Knobs({ side }: { readonly side: Side & { kind: 'preset' } }): ReactElement {
  const { t } = useTranslation()
  const { whatIf } = useOpenDrive()
  const recorded = useSession(({ drive }) => drive.preset)
  const { preset, edited } = side
  const fault = faultOf(preset)
  const put = (next: Preset, isEdited: boolean): void => {
    const b: Side = { kind: 'preset', preset: next, edited: isEdited }
    // A preset that contradicts itself is shown while a hand is on its way, but not asked about.
    if (faultOf(next) === undefined) whatIf.choose({ b })
    else whatIf.store.setState({ b })
  }
  return (
    <section className="knobs" aria-label={t('review.whatIf.thresholds')}>
      <div className="why-head">
        <h2>{t('review.whatIf.thresholds')}</h2>
        <button
          type="button"
          className="button small"
          disabled={!edited}
          onClick={() => {
            put(findPreset(preset.id) ?? recorded, false)
          }}
        >
          <RotateCcw aria-hidden="true" /> {t('review.whatIf.reset')}
        </button>
      </div>
      {knobsOf(preset).map((knob) => (
        <Row
          key={keyOf(knob)}
          knob={knob}
          preset={preset}
          onTurn={(value) => {
            put(turned(preset, knob, value), true)
          }}
        />
      ))}
      {fault !== undefined && (
        <p className="fault" title={fault}>
          {t('review.whatIf.fault')}
        </p>
      )}
    </section>
  )
}

interface RowProps {
  readonly knob: Knob
  readonly preset: Preset
  readonly onTurn: (value: number) => void
}

function Row({ knob, preset, onTurn }: RowProps): ReactElement {
  const { t } = useTranslation()
  const rule = useRuleWords()
  const isTime = knob.kind === 'time'
  const label = isTime ? rule(preset, knob.ruleId) : t(`review.whatIf.${knob.side}`)
  const level = isTime ? t(`level.${knob.level}`) : ''
  const value = isTime ? knob.valueMs : Math.round(knob.value * 100)
  const words = isTime
    ? t('review.seconds', { seconds: threshold(knob.valueMs) })
    : percent(knob.value)
  return (
    <div className={`knob${isTime ? ` severity-${knob.level}` : ''}`}>
      <span className="knob-name">
        {isTime && <b>{level}</b>} <span>{label}</span>
      </span>
      <Slider.Root
        className="slider slim"
        min={isTime ? STEP_MS * 5 : 5}
        max={isTime ? LONGEST_MS : 95}
        step={isTime ? STEP_MS : 1}
        value={[value]}
        onValueChange={([next = value]) => {
          onTurn(isTime ? next : next / 100)
        }}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb className="slider-thumb" aria-label={`${level} ${label}`.trim()} />
      </Slider.Root>
      <b className="knob-value">{words}</b>
    </div>
  )
}

function keyOf(knob: Knob): string {
  return knob.kind === 'filter' ? knob.side : `${knob.rule}/${knob.step ?? ''}`
}
