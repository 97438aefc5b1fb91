import { createContext, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useDrive } from '../shared/appContext.ts'
import { throttledStore } from '../shared/stores/throttledStore.ts'
import type { ReviewWorkspace, OpenDrive } from './reviewWorkspace.ts'
import type { SessionState } from './stores/sessionState.ts'

/** Words and bars follow the playhead at this pace; lines and pictures have canvases of their own. */
const DRAWS_PER_SECOND = 15

interface ShownDrive extends OpenDrive {
  /** The session at the pace of eyes. */
  readonly shown: StoreApi<SessionState>
}

/** Recorded drives under review; made once in `app/main.tsx`. */
export const WorkspaceContext = createContext<ReviewWorkspace | undefined>(undefined)

export const OpenDriveContext = createContext<ShownDrive | undefined>(undefined)

export function useShownDrive(openDrive: OpenDrive): ShownDrive {
  return useMemo(
    () => ({
      ...openDrive,
      shown: throttledStore(openDrive.session.store, DRAWS_PER_SECOND, requestAnimationFrame),
    }),
    [openDrive],
  )
}

export function useWorkspace(): ReviewWorkspace {
  const workspace = useContext(WorkspaceContext)
  if (workspace === undefined) throw new Error('outside of the review')
  return workspace
}

export function useOpenDrive(): ShownDrive {
  const openDrive = useContext(OpenDriveContext)
  if (openDrive === undefined) throw new Error('no drive is open')
  return openDrive
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useOpenDrive().shown, select)
}

/** Whether this screen may change something. */
export function useMayChange(): boolean {
  return useDrive((state) => state.role === 'control' && state.link === 'open')
}
