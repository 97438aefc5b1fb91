import {
  ChevronFirst,
  ChevronLast,
  Pause,
  Play,
  SkipBack,
  SkipForward,
  ZoomIn,
  ZoomOut,
} from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { RATES } from '../../shared/Player.ts'
import { clock } from '../../shared/format/numbers.ts'
import { useOpenDrive, useSession } from '../context.ts'

/** Play, frame by frame, from event to event, and how fast. */
export function Transport(): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const playing = useSession(({ transport }) => transport.playing)
  return (
    <div className="transport" role="group" aria-label={t('review.transport.label')}>
      <Press
        label={t('review.transport.last')}
        onPress={() => {
          session.act({ type: 'jump', direction: -1 })
        }}
      >
        <SkipBack />
      </Press>
      <Press label={t('review.transport.back')} onPress={() => void session.step(-1)}>
        <ChevronFirst />
      </Press>
      <Press
        label={t(playing ? 'review.transport.pause' : 'review.transport.play')}
        main
        onPress={() => {
          session.act({ type: 'toggle' })
        }}
      >
        {playing ? <Pause /> : <Play />}
      </Press>
      <Press label={t('review.transport.on')} onPress={() => void session.step(1)}>
        <ChevronLast />
      </Press>
      <Press
        label={t('review.transport.next')}
        onPress={() => {
          session.act({ type: 'jump', direction: 1 })
        }}
      >
        <SkipForward />
      </Press>
      <Clock />
      <Rates />
      <Press
        label={t('review.transport.out')}
        onPress={() => {
          session.act({ type: 'zoom', factor: 2 })
        }}
      >
        <ZoomOut />
      </Press>
      <Press
        label={t('review.transport.in')}
        onPress={() => {
          session.act({ type: 'zoom', factor: 0.5 })
        }}
      >
        <ZoomIn />
      </Press>
    </div>
  )
}

function Press(props: {
  readonly label: string
  readonly main?: boolean
  readonly onPress: () => void
  readonly children: ReactNode
}): ReactElement {
  const { label, main = false, onPress, children } = props
  return (
    <button
      type="button"
      className={`tool${main ? ' main' : ''}`}
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      {children}
    </button>
  )
}

function Clock(): ReactElement {
  const seconds = useSession(({ transport }) => Math.floor(transport.tMs / 1000))
  const durationMs = useSession(({ drive }) => drive.summary.durationMs)
  return (
    <span className="transport-clock">
      <b>{clock(seconds * 1000)}</b> / {clock(durationMs)}
    </span>
  )
}

function Rates(): ReactElement {
  const { t } = useTranslation()
  const { session } = useOpenDrive()
  const rate = useSession(({ transport }) => transport.rate)
  return (
    <select
      className="select"
      aria-label={t('review.transport.rate')}
      value={rate}
      onChange={(event) => {
        const chosen = RATES.find((each) => each === Number(event.target.value))
        if (chosen !== undefined) session.act({ type: 'rate', rate: chosen })
      }}
    >
      {RATES.map((each) => (
        <option key={each} value={each}>
          {each}×
        </option>
      ))}
    </select>
  )
}
