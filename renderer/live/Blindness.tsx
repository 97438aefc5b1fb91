import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDisplayState } from '../shared/appContext.ts'
import type { DisplayState } from '../shared/stores/displayState.ts'
import { ChooseButtons } from './ChooseButtons.tsx'
import { Glyph, lookGlyph } from '../shared/components/Glyph.tsx'
import { useStateWords } from '../shared/components/words.ts'

/** A recording that stands is looked at; that it does is said above the picture. */
const VEILED: ReadonlySet<DisplayState['kind']> = new Set([
  'idle',
  'starting',
  'blind',
  'ended',
  'failed',
])

/** Covers the picture whenever it does not show a driver who is watched. */
export function Blindness(): ReactElement | undefined {
  const look = useDisplayState()
  const words = useStateWords()
  if (!VEILED.has(look.kind)) return undefined
  const { title, hint } = words(look)
  const waiting = look.kind === 'starting' || isStarting(look)
  return (
    <div className={`veil veil-${waiting ? 'starting' : look.kind}`} role="status">
      <Glyph name={lookGlyph(look)} />
      <h2>{title}</h2>
      <p>{hint}</p>
      <Remedy look={look} />
      {(look.kind === 'idle' || look.kind === 'failed' || look.kind === 'ended') && (
        <ChooseButtons />
      )}
    </div>
  )
}

function Remedy({ look }: { readonly look: DisplayState }): ReactElement | undefined {
  const { t } = useTranslation()
  if (look.kind !== 'blind') return undefined
  return <p className="quiet">{t([`remedy.${look.reason}`, 'remedy.other'])}</p>
}

function isStarting(look: DisplayState): boolean {
  return look.kind === 'blind' && look.reason === 'starting'
}
