import { createContext, useContext } from 'react'
import { useStore } from 'zustand'
import { useShallow } from 'zustand/react/shallow'
import type { StoreApi } from 'zustand/vanilla'
import type { ScreenApi } from './api/screenApi.ts'
import type { Player } from './Player.ts'
import type { Alarm } from './sound/alarm.ts'
import type { DriveState } from './stores/driveState.ts'
import type { DriveStore } from './stores/driveStore.ts'
import { lookOf, type Look } from './stores/look.ts'
import type { Settings } from './stores/settings.ts'

/** What every component may reach; made once in `main.tsx`. */
export interface Cockpit {
  readonly api: ScreenApi
  readonly drive: DriveStore
  /** The drive at the pace of eyes. */
  readonly shown: StoreApi<DriveState>
  readonly settings: StoreApi<Settings>
  readonly alarm: Alarm
  /** Of a recording. */
  readonly player: Player
  /** Silences the alert that is up. */
  readonly acknowledge: () => void
}

export const CockpitContext = createContext<Cockpit | undefined>(undefined)

export function useCockpit(): Cockpit {
  const cockpit = useContext(CockpitContext)
  if (cockpit === undefined) throw new Error('outside of the cockpit')
  return cockpit
}

export function useDrive<T>(select: (state: DriveState) => T): T {
  return useStore(useCockpit().shown, select)
}

/** What the screen says of the driver; another object only when it says something else. */
export function useLook(): Look {
  return useStore(useCockpit().shown, useShallow(lookOf))
}

export function useSettings<T>(select: (settings: Settings) => T): T {
  return useStore(useCockpit().settings, select)
}
