import { CircleHelp, Lock, LockOpen, Moon, Settings2, Sun, Volume2, VolumeX } from 'lucide-react'
import { useEffect, useState, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive, useSettings } from '../appContext.ts'
import { sourceName } from '../format/numbers.ts'
import { useShownTheme } from '../useShownTheme.ts'
import { VIEWS } from '../stores/settings.ts'
import { useDialogs } from './dialogs.ts'
import { Controls } from './controls.ts'

/** Who we are, where we are, and what is being watched. */
export function Header(): ReactElement {
  const { t } = useTranslation()
  const { settings } = useApp()
  const view = useSettings((state) => state.view)
  const locked = useDrive((state) => state.installation?.locked === true)
  const views = VIEWS.filter((name) => !locked || name !== 'review')
  return (
    <header>
      <div className="mark">
        <i aria-hidden="true" />
        <span>Roadward</span>
      </div>
      <nav aria-label={t('nav.label')}>
        {views.map((name) => (
          <button
            key={name}
            type="button"
            aria-current={view === name ? 'page' : undefined}
            onClick={() => {
              settings.setState({ view: name })
            }}
          >
            {t(`nav.${name}`)}
          </button>
        ))}
      </nav>
      <Watching />
      <Tools />
    </header>
  )
}

function Watching(): ReactElement {
  const { t } = useTranslation()
  const { open } = useDialogs()
  const request = useDrive((state) => state.request)
  return (
    <button
      type="button"
      className="watching"
      aria-label={t('top.choose')}
      onClick={() => {
        open('choose')
      }}
    >
      {request === undefined ? (
        t('choose.open')
      ) : (
        <>
          <span>
            {t('top.source')} <b>{sourceName(request.source.uri)}</b>
          </span>
          <span>
            {t('top.preset')}{' '}
            <b>{t(`preset.${request.preset.id}`, { defaultValue: request.preset.title })}</b>
          </span>
        </>
      )}
    </button>
  )
}

function Tools(): ReactElement {
  const { t } = useTranslation()
  const appContext = useApp()
  const { open } = useDialogs()
  const volume = useSettings((state) => state.volume)
  const blocked = useBlocked()
  const controls = new Controls(appContext.settings)
  const night = useShownTheme() === 'night'
  return (
    <div className="tools">
      <Tool
        label={t('top.languageLabel')}
        onClick={() => {
          controls.language()
        }}
      >
        <span className="tool-word">{t('top.language')}</span>
      </Tool>
      <Tool
        label={t('top.theme')}
        onClick={() => {
          controls.theme()
        }}
      >
        {night ? <Sun /> : <Moon />}
      </Tool>
      <Tool
        label={blocked ? t('top.blocked') : volume > 0 ? t('top.mute') : t('top.unmute')}
        className={blocked && volume > 0 ? 'attention' : ''}
        onClick={() => {
          if (!blocked) controls.mute()
        }}
      >
        {volume > 0 && !blocked ? <Volume2 /> : <VolumeX />}
        {blocked && volume > 0 && <span className="tool-hint">{t('top.blocked')}</span>}
      </Tool>
      <KioskLock />
      <Tool
        label={t('top.settings')}
        onClick={() => {
          open('settings')
        }}
      >
        <Settings2 />
      </Tool>
      <Tool
        label={t('top.help')}
        onClick={() => {
          open('help')
        }}
        className="tool-help"
      >
        <CircleHelp />
      </Tool>
    </div>
  )
}

/** In a kiosk with a PIN: shows whether it is locked, and does the other. */
function KioskLock(): ReactElement | undefined {
  const { t } = useTranslation()
  const { api } = useApp()
  const { open } = useDialogs()
  const status = useDrive((state) => state.installation)
  if (status?.settings.kiosk !== true || !status.settings.hasPin) return undefined
  return (
    <Tool
      label={t(status.locked ? 'pin.unlock' : 'pin.lock')}
      onClick={() => {
        if (status.locked) open('unlock')
        else api.lock()
      }}
    >
      {status.locked ? <Lock /> : <LockOpen />}
    </Tool>
  )
}

interface ToolProps {
  readonly label: string
  readonly className?: string
  readonly onClick: () => void
  readonly children: ReactNode
}

function Tool({ label, className = '', onClick, children }: ToolProps): ReactElement {
  return (
    <button
      type="button"
      className={`tool ${className}`}
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </button>
  )
}

/** Whether the browser keeps us silent until somebody touches the page. */
function useBlocked(): boolean {
  const { alarm } = useApp()
  const [blocked, setBlocked] = useState(alarm.blocked)
  useEffect(
    () =>
      alarm.onChange(() => {
        setBlocked(alarm.blocked)
      }),
    [alarm],
  )
  return blocked
}
