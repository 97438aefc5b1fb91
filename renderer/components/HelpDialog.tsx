import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { KEYS } from './keys.ts'
import { Modal } from './Modal.tsx'

/** Every key and what it does. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  return (
    <Modal title={t('help.title')} onClose={onClose}>
      <dl className="keys">
        {Object.entries(KEYS).map(([key, action]) => (
          <div key={key}>
            <dt>
              <kbd>{key === ' ' ? t('help.spaceKey') : key.toUpperCase()}</kbd>
            </dt>
            <dd>{t(`help.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
