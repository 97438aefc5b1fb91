import type { ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useSettings } from '../shared/appContext.ts'
import { ReviewKeysHelp } from '../review/components/ReviewKeysHelp.tsx'
import { KEYS } from './keys.ts'
import { Modal } from '../shared/components/Modal.tsx'

const ARROWS: Readonly<Record<string, string>> = { arrowleft: '←', arrowright: '→' }

/** Every key and what it does. */
export function HelpDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const view = useSettings((settings) => settings.view)
  return (
    <Modal title={t('help.title')} onClose={onClose}>
      {view === 'review' && <ReviewKeysHelp />}
      <dl className="keys">
        {Object.entries(KEYS).map(([key, action]) => (
          <div key={key}>
            <dt>
              <kbd>{key === ' ' ? t('help.spaceKey') : (ARROWS[key] ?? key.toUpperCase())}</kbd>
            </dt>
            <dd>{t(`help.${action}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
