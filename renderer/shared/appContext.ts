import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { StoreApi } from 'zustand/vanilla'
import type { ScreenApi } from './api/screenApi.ts'
import type { Player } from './Player.ts'
import type { Alarm } from './sound/alarm.ts'
import type { Speech } from './sound/speech.ts'
import type { DriveState } from './stores/driveState.ts'
import type { DriveStore } from './stores/driveStore.ts'
import { displayStateOf, type DisplayState } from './stores/displayState.ts'
import type { Settings } from './stores/settings.ts'

/** What every component may reach; made once in `main.tsx`. */
export interface AppContext {
  readonly api: ScreenApi
  readonly drive: DriveStore
  /** The drive at the pace of eyes. */
  readonly shown: StoreApi<DriveState>
  readonly settings: StoreApi<Settings>
  readonly alarm: Alarm
  readonly speech: Speech
  /** Of a recording. */
  readonly player: Player
  /** Silences the alert that is up. */
  readonly acknowledge: () => void
}

export const AppReactContext = createContext<AppContext | undefined>(undefined)

export function useApp(): AppContext {
  const appContext = useContext(AppReactContext)
  if (appContext === undefined) throw new Error('outside of the appContext')
  return appContext
}

export function useDrive<T>(select: (state: DriveState) => T): T {
  return useStore(useApp().shown, select)
}

/** What the screen says of the driver; another object only when it says something else. */
export function useDisplayState(): DisplayState {
  return useStore(useApp().shown, useShallow(displayStateOf))
}

export function useSettings<T>(select: (settings: Settings) => T): T {
  return useStore(useApp().settings, select)
}
