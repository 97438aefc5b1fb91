import { useEffect } from 'react'
import { useApp } from '../shared/appContext.ts'
import { unreachable } from '../../electron/core/unreachable.ts'
import { Controls } from '../shared/components/controls.ts'
import type { Dialogs } from '../shared/components/dialogs.ts'
import { actionOf, isPlayback, type KeyAction } from './keys.ts'
import { pressedKey } from '../shared/pressedKey.ts'
import { SKIP_MS } from '../shared/Player.ts'

/** The keyboard, everywhere but in dialogs and text fields. */
export function useKeys(dialogs: Dialogs): void {
  const { settings, acknowledge, drive, player } = useApp()
  useEffect(() => {
    const controls = new Controls(settings)
    const act = (action: KeyAction): void => {
      switch (action) {
        case 'space':
          acknowledge()
          return
        case 'monitor':
        case 'driver':
        case 'review':
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
        case 'play':
          player.toggle()
          return
        case 'back':
          player.skip(-SKIP_MS)
          return
        case 'on':
          player.skip(SKIP_MS)
          return
        case 'stepBack':
          player.step(-1)
          return
        case 'stepOn':
          player.step(1)
          return
        case 'slower':
          player.changeRate(-1)
          return
        case 'faster':
          player.changeRate(1)
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
      const presses = pressedKey(event) === ' ' && !alerting && target?.closest('button') !== null
      const types = target?.closest('input, select, textarea') !== null && target !== undefined
      // A slider that has the focus has moved already.
      const taken = event.defaultPrevented || types || presses || dialogs.shown !== undefined
      const action = actionOf({ ...keyOf(event), taken })
      if (action === undefined) return
      // Keys of a recording that is watched, while the screen shows something else.
      if (settings.getState().view === 'review' && isPlayback(action)) return
      event.preventDefault()
      act(action)
    }
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('keydown', onKey)
    }
  }, [settings, acknowledge, drive, player, dialogs])
}

function keyOf(event: KeyboardEvent) {
  const { ctrlKey, metaKey, altKey } = event
  return { key: pressedKey(event), ctrlKey, metaKey, altKey }
}

async function toggleFullScreen(): Promise<void> {
  if (document.fullscreenElement === null) await document.documentElement.requestFullscreen()
  else await document.exitFullscreen()
}
