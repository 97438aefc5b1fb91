import { X } from 'lucide-react'
import { useEffect, useId, useRef, type ReactElement, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

export interface ModalProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/**
 * The platform's own modal dialog: focus kept inside and given back, Escape, the rest inert. Those
 * of component libraries write style elements, which our content security policy forbids.
 */
export function Modal({ title, onClose, children }: ModalProps): ReactElement {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  return (
    <dialog ref={dialog} aria-labelledby={id} closedby="any" onClose={onClose}>
      <div className="modal">
        <div className="modal-head">
          <h2 id={id}>{title}</h2>
          <button
            type="button"
            className="tool"
            aria-label={t('settings.close')}
            onClick={() => {
              dialog.current?.close()
            }}
          >
            <X />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  )
}
