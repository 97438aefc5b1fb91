import * as Slider from '@radix-ui/react-slider'
import { Pause, Play, RotateCcw, StepBack, StepForward } from 'lucide-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'
import { useTranslation } from 'react-i18next'
import { useApp, useDrive } from '../shared/appContext.ts'
import { clock } from '../shared/format/numbers.ts'
import type { PlaybackEvent } from '../shared/stores/driveState.ts'
import { mayPlay, positionOf, RATES } from '../shared/Player.ts'

/** Fine enough for a finger; frames have buttons of their own. */
const SLIDER_STEP_MS = 500

/** Of a recording: play, pause, frame by frame, any place, slower and faster. */
export function PlaybackBar(): ReactElement | undefined {
  const playback = useDrive((state) => state.playback)
  if (playback === undefined) return undefined
  return <Bar playback={playback} />
}

function Bar({ playback }: { readonly playback: PlaybackEvent }): ReactElement {
  const { t } = useTranslation()
  const { player } = useApp()
  const disabled = !useDrive(mayPlay)
  const { playing, atEnd, rate } = playback
  const PlayIcon = playing ? Pause : atEnd ? RotateCcw : Play
  return (
    <section className="playback" aria-label={t('playback.label')}>
      <div className="playback-buttons">
        <button
          type="button"
          disabled={disabled}
          aria-label={t('help.stepBack')}
          title={t('help.stepBack')}
          onClick={() => {
            player.step(-1)
          }}
        >
          <StepBack />
        </button>
        <button
          type="button"
          className="playback-main"
          disabled={disabled}
          aria-label={t(playing ? 'playback.pause' : atEnd ? 'playback.again' : 'playback.play')}
          title={t('help.play')}
          onClick={() => {
            player.toggle()
          }}
        >
          <PlayIcon />
        </button>
        <button
          type="button"
          disabled={disabled || atEnd}
          aria-label={t('help.stepOn')}
          title={t('help.stepOn')}
          onClick={() => {
            player.step(1)
          }}
        >
          <StepForward />
        </button>
      </div>
      <Position playback={playback} disabled={disabled} />
      <label className="playback-rate">
        <span className="hidden">{t('playback.rate')}</span>
        <select
          value={rate}
          disabled={disabled}
          onChange={(event) => {
            player.setRate(Number(event.target.value))
          }}
        >
          {RATES.map((value) => (
            <option key={value} value={value}>
              {`${value}×`}
            </option>
          ))}
        </select>
      </label>
    </section>
  )
}

interface PositionProps {
  readonly playback: PlaybackEvent
  readonly disabled: boolean
}

function Position({ playback, disabled }: PositionProps): ReactElement {
  const { t } = useTranslation()
  const { player } = useApp()
  const playedMs = useDrive((state) => positionOf(state, playback))
  const held = useRef(false)
  const [draggedMs, setDraggedMs] = useState<number>()
  // The thumb stays where it was let go until the recording is there.
  useEffect(() => {
    if (!held.current) setDraggedMs(undefined)
  }, [playback])
  const { durationMs = 0, seekable } = playback
  const tMs = Math.min(draggedMs ?? playedMs, seekable ? durationMs : Infinity)
  const letGo = (): void => {
    held.current = false
    if (!player.aiming) setDraggedMs(undefined)
  }
  return (
    <>
      <span className="playback-time">{clock(tMs)}</span>
      <Slider.Root
        className="slider"
        min={0}
        max={Math.max(durationMs, SLIDER_STEP_MS)}
        step={SLIDER_STEP_MS}
        value={[tMs]}
        disabled={disabled || !seekable}
        onValueChange={([value = 0]) => {
          setDraggedMs(value)
          player.seek(value)
        }}
        onPointerDown={() => {
          held.current = true
        }}
        onPointerUp={letGo}
        onPointerCancel={letGo}
      >
        <Slider.Track className="slider-track">
          <Slider.Range className="slider-range" />
        </Slider.Track>
        <Slider.Thumb
          className="slider-thumb"
          aria-label={t('playback.position')}
          aria-valuetext={t('playback.of', { time: clock(tMs), duration: clock(durationMs) })}
        />
      </Slider.Root>
      <span className="playback-time">{seekable ? clock(durationMs) : '–'}</span>
    </>
  )
}
