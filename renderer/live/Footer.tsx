import { useEffect, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive } from '../shared/appContext.ts'
import type { Readings } from '../shared/stores/meter.ts'

/** Numbers that change faster than this cannot be read. */
const EVERY_MS = 500

/** How the machine behind the screen is doing, quietly. */
export function Footer(): ReactElement {
  const { t } = useTranslation()
  const { drive } = useApp()
  const [readings, setReadings] = useState<Readings>()
  useEffect(() => {
    const timer = setInterval(() => {
      setReadings(drive.meter.read(performance.now()))
    }, EVERY_MS)
    return () => {
      clearInterval(timer)
    }
  }, [drive])
  const opened = useDrive((state) => state.opened)
  const running = useDrive((state) => state.prediction?.folds.length)
  const dropped = useDrive((state) => state.prediction?.dropped ?? 0)
  const looking = useDrive((state) => state.role === 'look')
  if (opened === undefined) return <footer />
  const { provider, ensemble } = opened
  const folds = ensemble.folds.length
  return (
    <footer>
      <span>
        {provider.toUpperCase()} ·{' '}
        <b>
          {running !== undefined && running < folds ? `${running}/` : ''}
          {t('foot.folds', { count: folds })}
        </b>
      </span>
      <span>
        <b>{fixed(readings?.framesPerSecond)}</b> {t('foot.fps')}
      </span>
      <span>
        {t('foot.latency')} <b>{fixed(readings?.p50Ms)} ms</b> · p95 <b>{fixed(readings?.p95Ms)}</b>
      </span>
      <span>
        {t('foot.dropped')} <b>{dropped}</b>
      </span>
      {looking && <span className="chip">{t('foot.looking')}</span>}
      <span className="foot-end">
        {ensemble.id} {ensemble.version}
      </span>
    </footer>
  )
}

function fixed(value: number | undefined): string {
  if (value === undefined) return '–'
  return value < 10 ? value.toFixed(1) : value.toFixed(0)
}
