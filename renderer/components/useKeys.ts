import { useEffect } from 'react'
import { useCockpit } from '../context.ts'
import { unreachable } from '../../electron/core/unreachable.ts'
import { Controls } from './controls.ts'
import type { Dialogs } from './dialogs.ts'
import { actionOf, type KeyAction } from './keys.ts'

/** The keyboard, everywhere but in dialogs and text fields. */
export function useKeys(dialogs: Dialogs): void {
  const { settings, acknowledge, drive } = useCockpit()
  useEffect(() => {
    const controls = new Controls(settings)
    const act = (action: KeyAction): void => {
      switch (action) {
        case 'space':
          acknowledge()
          return
        case 'drive':
        case 'driver':
          settings.setState({ view: action })
          return
        case 'choose':
        case 'settings':
        case 'help':
          dialogs.open(action)
          return
        case 'theme':
        case 'language':
        case 'mute':
          controls[action]()
          return
        case 'full':
          void toggleFullScreen()
          return
        default:
          unreachable(action)
      }
    }
    const onKey = (event: KeyboardEvent): void => {
      const target = event.target instanceof HTMLElement ? event.target : undefined
      const alerting = drive.store.getState().alert?.acknowledged === false
      // An alert has the space bar, whatever has the focus.
      const presses = event.key === ' ' && !alerting && target?.closest('button') !== null
      const types = target?.closest('input') !== null && target !== undefined
      const taken = types || presses || dialogs.shown !== undefined
      const action = actionOf({ ...keyOf(event), taken })
      if (action === undefined) return
      event.preventDefault()
      act(action)
    }
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
    }
  }, [settings, acknowledge, drive, dialogs])
}

function keyOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) {
  return { key, ctrlKey, metaKey, altKey }
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement === null) await document.documentElement.requestFullscreen()
  else await document.exitFullscreen()
}
