import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import type { MonitorEvent } from '../../../electron/contract/monitorApi.ts'
import { Player } from '../../../renderer/shared/Player.ts'
import { INITIAL_DRIVE, type DriveState } from '../../../renderer/shared/stores/driveState.ts'
import { playback } from '../../e2e/support/story.mjs'

const PLAYBACK = playback({ tMs: 60_000, playing: false }) as NonNullable<DriveState['playback']>

function setUp(state: Partial<DriveState> = {}) {
  const calls: string[] = []
  const listeners: ((event: MonitorEvent) => void)[] = []
  const store = createStore<DriveState>(() => ({
    ...INITIAL_DRIVE,
    role: 'control',
    playback: PLAYBACK,
    ...state,
  }))
  const player = new Player(
    {
      play: () => calls.push('play'),
      pause: () => calls.push('pause'),
      seek: (tMs) => calls.push(`seek ${tMs}`),
      step: (frames) => calls.push(`step ${frames}`),
      setRate: (rate) => calls.push(`rate ${rate}`),
      subscribe: (listener) => {
        listeners.push(listener)
        return () => undefined
      },
    },
    store,
  )
  return { player, store, calls, listeners }
}

describe('the keys of a recording', () => {
  it('play what is paused and pause what plays', () => {
    const { player, store, calls } = setUp()
    player.toggle()
    store.setState({ playback: { ...PLAYBACK, playing: true } })
    player.toggle()
    expect(calls).toEqual(['play', 'pause'])
  })

  it('go further with every press, also before the recording is there', () => {
    const { player, calls, listeners } = setUp()
    player.skip(5000)
    player.skip(5000)
    for (const tell of listeners) tell({ type: 'jump', tMs: 70_000 })
    player.skip(-5000)
    expect(calls).toEqual(['seek 65000', 'seek 70000', 'seek 55000'])
  })

  it('stay inside the recording', () => {
    const { player, calls } = setUp()
    player.skip(-90_000)
    player.skip(500_000)
    expect(calls).toEqual(['seek 0', 'seek 120000'])
  })

  it('change the speed step by step, up to the ends', () => {
    const { player, calls, listeners } = setUp()
    player.changeRate(-1)
    player.changeRate(1)
    for (const tell of listeners) tell(playback({ rate: 1 }))
    for (let n = 0; n < 5; n += 1) player.changeRate(1)
    expect(calls).toEqual(['rate 0.5', 'rate 1', 'rate 2', 'rate 4', 'rate 8'])
  })

  it('do nothing with a live source, from a screen that looks, or in a locked kiosk', () => {
    const news = { locked: true, canAutostart: false } as DriveState['installation']
    for (const state of [
      { playback: undefined },
      { role: 'look' as const },
      { installation: news },
    ]) {
      const { player, calls } = setUp(state)
      player.toggle()
      player.skip(5000)
      player.step(1)
      player.changeRate(1)
      expect(calls).toEqual([])
    }
  })
})
