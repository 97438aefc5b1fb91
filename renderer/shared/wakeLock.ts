import type { StoreApi } from 'zustand/vanilla'
import type { Problem } from '../../electron/core/ports.ts'
import type { DriveState } from './stores/driveState.ts'

/** What keeps a display on; browsers let go of it whenever the page is hidden. */
interface Hold {
  release(): Promise<void>
}

/** The part of a browser that this needs; the real one is in `app/browser.ts`. */
export interface Display {
  /** Rejects where the browser or its energy saver refuses. */
  readonly hold: () => Promise<Hold>
  readonly visible: () => boolean
  readonly onVisible: (listener: () => void) => void
}

const REFUSED: Problem = {
  severity: 'warning',
  code: 'display-may-sleep',
  message: 'This browser does not keep the display on, so an alert may go unseen.',
  tip: 'Turn off the sleep of the display in the settings of this device.',
}

/**
 * While a drive is monitored the display must not go dark: nobody would see the alert. For screens
 * in a browser; Electron has a blocker of its own.
 *
 * @param tell takes what there is to say, once a drive
 */
export function keepDisplayOn(
  drive: StoreApi<DriveState>,
  display: Display,
  tell: (problem: Problem) => void,
): void {
  let hold: Promise<Hold> | undefined
  let told = false
  const take = (): void => {
    if (!isMonitored(drive.getState()) || !display.visible()) return
    const taken = display.hold()
    hold = taken
    taken.catch(() => {
      // A page that was hidden meanwhile is refused, and asks again when it is seen.
      if (told || !display.visible()) return
      told = true
      tell(REFUSED)
    })
  }
  const letGo = (): void => {
    hold?.then((held) => held.release()).catch(() => undefined)
    hold = undefined
    told = false
  }
  display.onVisible(take)
  drive.subscribe((state, before) => {
    if (isMonitored(state) === isMonitored(before)) return
    if (isMonitored(state)) take()
    else letGo()
  })
}

function isMonitored({ phase }: DriveState): boolean {
  return phase === 'running'
}
