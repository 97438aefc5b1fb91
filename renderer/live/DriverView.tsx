import { LayoutPanelLeft } from 'lucide-react'
import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { ChooseButtons } from './ChooseButtons.tsx'
import { Glyph, lookGlyph } from '../shared/components/Glyph.tsx'
import { Ring } from './Ring.tsx'
import { useStateWords } from '../shared/components/words.ts'
import { useApp, useDrive, useDisplayState } from '../shared/appContext.ts'
import { clock } from '../shared/format/numbers.ts'
import { severityOf } from '../shared/stores/displayState.ts'

/** For the one at the wheel: a glyph, a colour, a line. */
export function DriverView(): ReactElement {
  const { t } = useTranslation()
  const { settings } = useApp()
  const look = useDisplayState()
  const status = useDrive((state) => state.prediction?.status)
  const minutes = useDrive((state) => Math.floor((state.prediction?.tMs ?? 0) / 1000))
  const { title, hint } = useStateWords()(look)
  const next = look.kind === 'unsafe' ? status?.next : undefined
  const share = next === undefined ? 0 : next.elapsedMs / next.thresholdMs
  const idle = look.kind === 'idle' || look.kind === 'ended' || look.kind === 'failed'
  return (
    <main className={`screen driver severity-${severityOf(look)} driver-${look.kind}`}>
      <Ring share={share} className={look.kind === 'unsafe' ? '' : 'ring-bare'}>
        <Glyph name={lookGlyph(look)} />
      </Ring>
      <h1 aria-live="polite">{title}</h1>
      <p>{look.kind === 'safe' ? t('state.monitored', { time: clock(minutes * 1000) }) : hint}</p>
      {idle && <ChooseButtons />}
      <button
        type="button"
        className="tool exit"
        aria-label={t('top.exit')}
        title={t('top.exit')}
        onClick={() => {
          settings.setState({ view: 'monitor' })
        }}
      >
        <LayoutPanelLeft />
      </button>
    </main>
  )
}
