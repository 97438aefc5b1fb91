import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useOpenDrive } from '../context.ts'
import { Chart } from './Chart.tsx'
import { DriveLane } from './DriveLane.tsx'
import { Playhead } from './Playhead.tsx'
import { Scrubber } from './Scrubber.tsx'
import { SideLane } from './SideLane.tsx'

/** The whole drive on top, and under it the window: states, what-if, probabilities. */
export function Timeline(): ReactElement {
  const { t } = useTranslation()
  const { whatIf } = useOpenDrive()
  const compared = useStore(whatIf.store, ({ laneB }) => laneB !== undefined)
  return (
    <section className={`timeline${compared ? ' compared' : ''}`} aria-label={t('review.timeline')}>
      <DriveLane />
      <Scrubber>
        {compared ? (
          <>
            <SideLane name="a" />
            <SideLane name="b" />
          </>
        ) : (
          <SideLane name="recorded" />
        )}
        <Chart />
        <Playhead />
      </Scrubber>
    </section>
  )
}
