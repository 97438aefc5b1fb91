import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { alertAudio } from '../../../renderer/live/alertAudio.ts'
import { HARMONICS, PATTERNS, type Pattern } from '../../../renderer/shared/sound/patterns.ts'
import { INITIAL_DRIVE, type DriveState } from '../../../renderer/shared/stores/driveState.ts'
import { createSettings, readSettings } from '../../../renderer/shared/stores/settings.ts'
import { alert, opened, playback } from '../../e2e/support/story.mjs'

const shelf = (kept?: string) => ({ getItem: () => kept ?? null, setItem: () => undefined })

describe('what is heard', () => {
  function setUp() {
    const heard: (Pattern | 'stop')[] = []
    const spoken: string[] = []
    const drive = createStore<DriveState>(() => ({
      ...INITIAL_DRIVE,
      link: 'open',
      phase: 'running',
      driver: 'unsafe',
    }))
    const settings = createSettings(readSettings(shelf('{"speech":true}'), '', []), shelf())
    alertAudio(
      drive,
      settings,
      {
        setVolume: () => undefined,
        play: (pattern) => heard.push(pattern),
        stop: () => heard.push('stop'),
      },
      ({ class: id }) => spoken.push(id),
    )
    return { drive, heard, spoken }
  }

  const raised = alert('warning', 'c1', 1000, 0) as NonNullable<DriveState['alert']>

  it('sounds an alert until it is acknowledged, and louder when it rises', () => {
    const { drive, heard, spoken } = setUp()
    drive.setState({ alert: raised })
    drive.setState({ driver: 'safe' })
    drive.setState({ alert: { ...raised, acknowledged: true } })
    drive.setState({ alert: { ...raised, level: 'critical', tMs: 3000 } })
    expect(heard).toEqual([PATTERNS.warning, 'stop', PATTERNS.critical])
    expect(spoken).toEqual(['c1', 'c1'])
  })

  it('tells by its own sound that nobody is watching, but not at the start', () => {
    const { drive, heard } = setUp()
    drive.setState({ driver: 'blind', blindReason: 'starting' })
    drive.setState({ driver: 'blind', blindReason: 'covered' })
    drive.setState({ driver: 'safe' })
    expect(heard).toEqual([PATTERNS.blind, 'stop'])
  })

  it('lets nobody silence an alarm by covering the lens', () => {
    const { drive, heard, spoken } = setUp()
    const critical = { ...raised, level: 'critical' } as const
    drive.setState({ alert: critical })
    drive.setState({ driver: 'blind', blindReason: 'covered' })
    expect(heard).toEqual([PATTERNS.critical])
    // Acknowledged, it leaves what is true: nobody is watching.
    drive.setState({ alert: { ...critical, acknowledged: true } })
    expect(heard).toEqual([PATTERNS.critical, PATTERNS.blind])
    expect(spoken).toEqual(['c1'])
  })

  it('goes on with the alarm where the way to the monitor, or the engine, is lost', () => {
    for (const loss of [
      { link: 'lost' },
      { driver: 'blind', blindReason: 'engine-restarting' },
    ] as const) {
      const { drive, heard } = setUp()
      drive.setState({ alert: raised })
      drive.setState(loss)
      drive.setState({ link: 'open', driver: 'safe', alert: undefined })
      expect(heard).toEqual([PATTERNS.warning, 'stop'])
    }
  })

  it('says that nobody is watching where the alert was only a caution, which sounds once', () => {
    const { drive, heard } = setUp()
    drive.setState({ alert: { ...raised, level: 'caution' } })
    drive.setState({ driver: 'blind', blindReason: 'covered' })
    expect(heard).toEqual([PATTERNS.caution, PATTERNS.blind])
  })

  it('never reads an alert out again because sight is lost and found', () => {
    const { drive, spoken } = setUp()
    drive.setState({ alert: { ...raised, level: 'caution' } })
    drive.setState({ driver: 'blind', blindReason: 'dark' })
    drive.setState({ driver: 'unsafe', blindReason: undefined })
    drive.setState({ alert: { ...raised, acknowledged: true } })
    drive.setState({ driver: 'blind', blindReason: 'dark' })
    expect(spoken).toEqual(['c1'])
  })

  it('says that nobody is watching any more where a live drive fails', () => {
    const { drive, heard } = setUp()
    const problem = { severity: 'error', code: 'internal', message: 'x' } as const
    drive.setState({ opened: opened(false) as NonNullable<DriveState['opened']> })
    drive.setState({ phase: 'failed', problem })
    expect(heard).toEqual([])
    drive.setState({ phase: 'running', problem: undefined })
    drive.setState({ opened: opened() as NonNullable<DriveState['opened']> })
    drive.setState({ phase: 'failed', problem })
    expect(heard).toEqual([PATTERNS.blind])
  })

  it('is silent while a recording is paused, and goes on with the alert', () => {
    const { drive, heard } = setUp()
    const playing = playback() as NonNullable<DriveState['playback']>
    drive.setState({ alert: raised, playback: playing })
    drive.setState({ playback: { ...playing, playing: false } })
    drive.setState({ playback: playing })
    expect(heard).toEqual([PATTERNS.warning, 'stop', PATTERNS.warning])
  })
})

describe('the alarm tones', () => {
  it('follow IEC 60601-1-8: 150 to 1000 Hz with at least four harmonics', () => {
    const tones = Object.values(PATTERNS).flatMap(({ pulses }) => pulses)
    expect(tones.every(({ hz }) => hz >= 150 && hz <= 1000)).toBe(true)
    expect(HARMONICS.length).toBeGreaterThanOrEqual(5)
  })

  it('never overlap within a burst, nor a burst the next', () => {
    for (const { pulses, everyMs = Infinity } of Object.values(PATTERNS)) {
      const ends = pulses.map(({ atMs, lengthMs }) => atMs + lengthMs)
      const starts = [...pulses.slice(1).map(({ atMs }) => atMs), everyMs]
      expect(starts.every((at, i) => at > (ends[i] ?? 0))).toBe(true)
    }
  })
})
