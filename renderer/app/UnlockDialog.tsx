import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive } from '../shared/appContext.ts'
import { Modal } from '../shared/components/Modal.tsx'
import { PinPad } from './PinPad.tsx'

/** Asks for the PIN of the kiosk; gone when it was right. */
export function UnlockDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { t } = useTranslation()
  const { api } = useApp()
  const looking = useDrive((state) => state.role !== 'control')
  const locked = useDrive((state) => state.installation?.locked === true)
  const waitS = useWait()
  useEffect(() => {
    if (!locked) onClose()
  }, [locked, onClose])
  const [missed, setMissed] = useState(false)
  if (waitS !== undefined && !missed) setMissed(true)
  const invitation = missed ? t('pin.retry') : t('pin.enter')
  const hint = looking
    ? t('choose.looking')
    : waitS === undefined
      ? invitation
      : t('pin.wrong', { seconds: waitS })
  return (
    <Modal title={t('pin.unlock')} onClose={onClose}>
      <PinPad
        hint={hint}
        wrong={missed}
        disabled={looking || waitS !== undefined}
        action={t('pin.unlock')}
        onPin={(pin) => {
          api.unlock(pin)
        }}
      />
    </Modal>
  )
}

/** Seconds until another PIN is listened to; undefined when one is. */
function useWait(): number | undefined {
  const status = useDrive((state) => state.installation)
  const [waitS, setWaitS] = useState<number>()
  useEffect(() => {
    const untilMs = performance.now() + (status?.retryInMs ?? 0)
    const look = (): void => {
      const leftMs = untilMs - performance.now()
      setWaitS(leftMs > 0 ? Math.ceil(leftMs / 1000) : undefined)
      if (leftMs <= 0) clearInterval(timer)
    }
    const timer = setInterval(look, 200)
    look()
    return () => {
      clearInterval(timer)
    }
  }, [status])
  return waitS
}
