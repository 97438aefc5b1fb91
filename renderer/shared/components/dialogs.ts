import { createContext, useContext } from 'react'

export type DialogName = 'choose' | 'settings' | 'help' | 'unlock'

export interface Dialogs {
  readonly shown: DialogName | undefined
  readonly open: (name: DialogName) => void
  readonly close: () => void
}

export const DialogsContext = createContext<Dialogs | undefined>(undefined)

export function useDialogs(): Dialogs {
  const dialogs = useContext(DialogsContext)
  if (dialogs === undefined) throw new Error('outside of the dialogs')
  return dialogs
}
