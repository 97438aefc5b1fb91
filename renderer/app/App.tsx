import { useEffect, useLayoutEffect, useMemo, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { AlertOverlay } from '../live/AlertOverlay.tsx'
import { ChooseDialog } from '../live/ChooseDialog.tsx'
import { DialogsContext, type DialogName, type Dialogs } from '../shared/components/dialogs.ts'
import { HelpDialog } from './HelpDialog.tsx'
import { SettingsDialog } from './SettingsDialog.tsx'
import { UnlockDialog } from './UnlockDialog.tsx'
import { shownView } from './shownView.ts'
import { useKeys } from './useKeys.ts'
import { useApp, useDrive, useSettings } from '../shared/appContext.ts'
import { useShownTheme } from '../shared/useShownTheme.ts'
import { DriverView } from '../live/DriverView.tsx'
import { MonitorView } from '../live/MonitorView.tsx'
import { ReviewView } from '../review/ReviewView.tsx'

const VIEW_OF = { monitor: MonitorView, driver: DriverView, review: ReviewView } as const

const DIALOGS = {
  choose: ChooseDialog,
  settings: SettingsDialog,
  help: HelpDialog,
  unlock: UnlockDialog,
} as const

export function App(): ReactElement {
  const [shown, setShown] = useState<DialogName>()
  const dialogs = useMemo<Dialogs>(
    () => ({
      shown,
      open: setShown,
      close: () => {
        setShown(undefined)
      },
    }),
    [shown],
  )
  useKeys(dialogs)
  useTheme()
  useLanguage()
  useSoundOnTouch()
  const view = useSettings((settings) => settings.view)
  const locked = useDrive((state) => state.installation?.locked === true)
  const asked = locked && shown !== undefined && shown !== 'help' ? 'unlock' : shown
  const Dialog = asked === undefined ? undefined : DIALOGS[asked]
  // Whether it is locked is told with the first message; until then nothing of a drive is shown.
  const untold = useDrive((state) => state.installation === undefined && state.link !== 'lost')
  const View = untold && view === 'review' ? Nothing : VIEW_OF[shownView(view, locked)]
  useKioskView()
  return (
    <DialogsContext value={dialogs}>
      <View />
      <AlertOverlay />
      {Dialog !== undefined && <Dialog onClose={dialogs.close} />}
    </DialogsContext>
  )
}

function Nothing(): ReactElement {
  return <main className="screen" />
}

/** A kiosk is for the one at the wheel. */
function useKioskView(): void {
  const { settings } = useApp()
  const kiosk = useDrive((state) => state.installation?.settings.kiosk === true)
  useEffect(() => {
    if (kiosk) settings.setState({ view: 'driver' })
  }, [kiosk, settings])
}

function useTheme(): void {
  const theme = useShownTheme()
  // Before anything is drawn on a canvas, which asks the style sheets for its colours.
  useLayoutEffect(() => {
    document.documentElement.dataset['theme'] = theme
  }, [theme])
}

function useLanguage(): void {
  const { i18n } = useTranslation()
  const language = useSettings((settings) => settings.language)
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
    void i18n.changeLanguage(language)
  }, [i18n, language])
}

/** Browsers allow sound from the first touch or key on. */
function useSoundOnTouch(): void {
  const { alarm } = useApp()
  useEffect(() => {
    const touch = (): void => {
      void alarm.unblock()
    }
    addEventListener('pointerdown', touch)
    addEventListener('keydown', touch)
    return () => {
      removeEventListener('pointerdown', touch)
      removeEventListener('keydown', touch)
    }
  }, [alarm])
}
