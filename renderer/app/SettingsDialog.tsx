import { useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useDrive } from '../shared/appContext.ts'
import { InstallationSettings } from './InstallationSettings.tsx'
import { Modal } from '../shared/components/Modal.tsx'
import { NewPin } from './NewPin.tsx'
import { ScreenSettings } from './ScreenSettings.tsx'

/** This screen first, then the installation that all screens share. */
export function SettingsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const status = useDrive((state) => state.installation)
  const [choosesPin, setChoosesPin] = useState(false)
  return (
    <Modal title={t(choosesPin ? 'pin.new' : 'settings.title')} onClose={onClose}>
      {choosesPin ? (
        <NewPin
          onDone={() => {
            setChoosesPin(false)
          }}
        />
      ) : (
        <>
          <ScreenSettings />
          {status !== undefined && (
            <InstallationSettings
              status={status}
              onPin={() => {
                setChoosesPin(true)
              }}
            />
          )}
        </>
      )}
    </Modal>
  )
}
