import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive } from '../shared/appContext.ts'
import { useDialogs } from '../shared/components/dialogs.ts'

/** What to do when there is no drive: this one again, or another. */
export function ChooseButtons(): ReactElement {
  const { t } = useTranslation()
  const { api, player } = useApp()
  const { open } = useDialogs()
  const request = useDrive((state) => state.request)
  const mayControl = useDrive((state) => state.role === 'control')
  const held = useDrive((state) => state.playback !== undefined)
  const locked = useDrive((state) => state.installation?.locked === true)
  if (!mayControl) return <p className="quiet">{t('choose.looking')}</p>
  return (
    <div className="buttons">
      {request !== undefined && (
        <button
          type="button"
          className="button"
          onClick={() => {
            if (locked) open('unlock')
            else if (held) player.toggle()
            else api.start(request)
          }}
        >
          {t('choose.again')}
        </button>
      )}
      <button
        type="button"
        className="button primary"
        onClick={() => {
          open('choose')
        }}
      >
        {t('choose.open')}
      </button>
    </div>
  )
}
