import { createContext, useContext, useMemo } from 'react'
import { useStore } from 'zustand'
import type { StoreApi } from 'zustand/vanilla'
import { useDrive } from '../shared/context.ts'
import { calm } from '../shared/stores/calm.ts'
import type { Desk, Dossier } from './desk.ts'
import type { SessionState } from './stores/sessionState.ts'

/** Words and bars follow the playhead at this pace; lines and pictures have canvases of their own. */
const DRAWS_PER_SECOND = 15

interface OpenDossier extends Dossier {
  /** The session at the pace of eyes. */
  readonly shown: StoreApi<SessionState>
}

/** Recorded drives under review; made once in `app/main.tsx`. */
export const DeskContext = createContext<Desk | undefined>(undefined)

export const DossierContext = createContext<OpenDossier | undefined>(undefined)

export function useOpenDossier(dossier: Dossier): OpenDossier {
  return useMemo(
    () => ({
      ...dossier,
      shown: calm(dossier.session.store, DRAWS_PER_SECOND, requestAnimationFrame),
    }),
    [dossier],
  )
}

export function useDesk(): Desk {
  const desk = useContext(DeskContext)
  if (desk === undefined) throw new Error('outside of the review')
  return desk
}

export function useDossier(): OpenDossier {
  const dossier = useContext(DossierContext)
  if (dossier === undefined) throw new Error('no drive is open')
  return dossier
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useDossier().shown, select)
}

/** Whether this screen may change something. */
export function useMayChange(): boolean {
  return useDrive((state) => state.role === 'control' && state.link === 'open')
}
