import type { StoreApi } from 'zustand/vanilla'
import type { DriveState } from '../shared/stores/driveState.ts'
import type { Settings, View } from '../shared/stores/settings.ts'

/** A locked screen is for the one at the wheel, whose drives are not theirs to judge. */
export function shownView(view: View, locked: boolean): View {
  return locked && view === 'review' ? 'driver' : view
}

/**
 * Tells the style sheets which view is shown, before it is drawn: the size of type follows it, and
 * rows of long lists are measured in it.
 */
export function markView(
  root: HTMLElement,
  settings: StoreApi<Settings>,
  drive: StoreApi<DriveState>,
): void {
  const mark = (): void => {
    const locked = drive.getState().installation?.locked === true
    root.dataset['view'] = shownView(settings.getState().view, locked)
  }
  mark()
  settings.subscribe(mark)
  drive.subscribe(mark)
}
