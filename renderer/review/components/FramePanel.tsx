import * as Slider from '@radix-ui/react-slider'
import * as Switch from '@radix-ui/react-switch'
import { useId, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { CLASSES, type ClassId } from '../../../electron/core/labels.ts'
import { classGlyph, Glyph } from '../../shared/components/Glyph.tsx'
import { useProblemWords } from '../../shared/components/words.ts'
import { percent, seconds } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'
import { readingAt, type Reading } from '../stores/reading.ts'

/** What the networks said of the frame under the playhead, and where they looked. */
export function FramePanel(): ReactElement {
  const reading = useSession((state) => readingOf(state))
  return (
    <div className="frame-panel">
      <Numbers reading={reading} />
      <HeatControls />
    </div>
  )
}

let last: { key: string; reading: Reading | undefined } | undefined

/** The same object as long as it says the same: React draws only what changed. */
function readingOf(state: Parameters<typeof readingAt>[0]): Reading | undefined {
  const reading = readingAt(state, state.transport.tMs)
  const key =
    reading === undefined ? '' : `${state.drive.summary.id}/${reading.tMs}/${reading.meanMs}`
  if (last?.key !== key) last = { key, reading }
  return last.reading
}

function Numbers({ reading }: { readonly reading: Reading | undefined }): ReactElement {
  const { t } = useTranslation()
  const probabilities = reading?.probabilities ?? []
  const top = probabilities.indexOf(Math.max(...probabilities))
  return (
    <section aria-label={t('bars.label')}>
      <div className="frame-bars">
        {CLASSES.map((id, index) => {
          const share = probabilities[index] ?? 0
          return (
            <div key={id} className={`row${index === top ? ' top' : ''}`}>
              <Glyph name={classGlyph(id)} />
              <span className="row-name">{t(`class.${id}`)}</span>
              <div className="bar" aria-hidden="true">
                <i className={`of-${id}`} style={{ transform: `scaleX(${share})` }} />
              </div>
              <span className="row-value">{percent(share)}</span>
            </div>
          )
        })}
      </div>
      {reading !== undefined && (
        <p className="quiet frame-facts">
          <span>{t(`review.driver.${reading.state}`)}</span>
          <span>{t('review.frame.unsafe', { percent: percent(reading.unsafe) })}</span>
          <span>{t('review.frame.disagreement', { percent: percent(reading.disagreement) })}</span>
          <span>{t('review.frame.entropy', { percent: percent(reading.entropy) })}</span>
          {reading.meanMs > 0 && (
            <span>{t('review.frame.mean', { seconds: seconds(reading.meanMs) })}</span>
          )}
        </p>
      )}
    </section>
  )
}

function HeatControls(): ReactElement {
  const { t } = useTranslation()
  const words = useProblemWords()
  const { heat } = useOpenDrive()
  const { on, class: chosen, opacity, map, problem } = useStore(heat.store)
  const id = useId()
  return (
    <section className="heat-controls" aria-label={t('review.heat.title')}>
      <div className="switch-row">
        <label htmlFor={id}>
          {t('review.heat.title')}
          <small>{t('review.heat.hint')}</small>
        </label>
        <Switch.Root
          id={id}
          className="switch"
          checked={on}
          onCheckedChange={() => {
            heat.toggle()
          }}
        >
          <Switch.Thumb className="thumb" />
        </Switch.Root>
      </div>
      {on && (
        <div className="heat-row">
          <select
            className="select"
            aria-label={t('review.heat.class')}
            value={chosen ?? ''}
            onChange={({ target }) => {
              const known = CLASSES.find((each): each is ClassId => each === target.value)
              heat.store.setState({ class: known })
            }}
          >
            <option value="">{t('review.heat.likeliest')}</option>
            {CLASSES.map((each) => (
              <option key={each} value={each}>
                {t(`class.${each}`)}
              </option>
            ))}
          </select>
          <Slider.Root
            className="slider slim"
            min={20}
            max={100}
            step={5}
            value={[Math.round(opacity * 100)]}
            onValueChange={([value = 65]) => {
              heat.store.setState({ opacity: value / 100 })
            }}
          >
            <Slider.Track className="slider-track">
              <Slider.Range className="slider-range" />
            </Slider.Track>
            <Slider.Thumb className="slider-thumb" aria-label={t('review.heat.opacity')} />
          </Slider.Root>
        </div>
      )}
      {on && map !== undefined && (
        <p className="heat-legend">
          <i aria-hidden="true" />
          <span>
            {t('review.heat.legend', {
              class: t(`class.${map.class}`),
              from: percent(map.probability),
              to: percent(Math.max(0, map.probability - Math.max(0, ...map.falls))),
            })}
          </span>
        </p>
      )}
      {problem !== undefined && <p className="fault">{words(problem)}</p>}
    </section>
  )
}
