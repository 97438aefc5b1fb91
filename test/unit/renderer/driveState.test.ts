import { describe, expect, it } from 'vitest'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import {
  INITIAL_DRIVE,
  reduce,
  type ScreenEvent,
} from '../../../renderer/shared/stores/driveState.ts'
import { displayStateOf, severityOf } from '../../../renderer/shared/stores/displayState.ts'
import { alert, opened, playback, prediction } from '../../e2e/support/story.mjs'

const STARTING: ScreenEvent = {
  type: 'starting',
  request: {
    source: { uri: '0', options: {} },
    ensemble: { directory: '/models/tiny', allowBroken: false },
    preset: ROADWARD,
    speed: 'realtime',
  },
}

const OPEN: ScreenEvent = { type: 'link', link: 'open' }

const after = (...events: readonly ScreenEvent[]) => events.reduce(reduce, INITIAL_DRIVE)

/** What the screen shows after these events. */
const shown = (...events: readonly ScreenEvent[]) => {
  const look = displayStateOf(after(OPEN, STARTING, ...events))
  return [look, severityOf(look)]
}

const texting = (status = {}) => prediction({ tMs: 2000, top: 'c1', share: 0.9, status })

describe('the screen', () => {
  it('claims to watch nobody before the first prediction', () => {
    expect(shown()).toEqual([{ kind: 'starting' }, 'idle'])
    expect(shown(opened())).toEqual([{ kind: 'blind', reason: 'starting' }, 'blind'])
  })

  it('names what an unsafe driver does, before and with an alert', () => {
    expect(shown(opened(), texting())).toEqual([
      { kind: 'unsafe', class: 'c1', level: undefined },
      'caution',
    ])
    expect(
      shown(opened(), alert('critical', 'c1', 2000, 0), texting({ level: 'critical' })),
    ).toEqual([{ kind: 'unsafe', class: 'c1', level: 'critical' }, 'critical'])
  })

  it('names an unsafe class also where the belief lags behind at c0', () => {
    const [look] = shown(opened(), texting({ top: 'c0' }))
    expect(look).toMatchObject({ class: 'c1' })
  })

  it('says that nobody is watching when it cannot hear the monitor, whatever it last heard', () => {
    expect(shown(opened(), texting(), { type: 'link', link: 'lost' })).toEqual([
      { kind: 'blind', reason: 'connection-lost' },
      'blind',
    ])
  })

  it('is blind with the reason, and sees again with the next prediction', () => {
    const covered: ScreenEvent = { type: 'state', tMs: 2100, state: 'blind', reason: 'covered' }
    expect(shown(opened(), texting(), covered)[0]).toEqual({ kind: 'blind', reason: 'covered' })
    expect(shown(opened(), covered, texting())[0]).toMatchObject({ kind: 'unsafe' })
  })

  it('keeps an alert through blindness, and drops it when it is cleared', () => {
    const raised = alert('warning', 'c1', 2000, 0)
    const covered: ScreenEvent = { type: 'state', tMs: 2100, state: 'blind', reason: 'covered' }
    expect(after(STARTING, opened(), raised, covered).alert).toEqual(raised)
    const cleared: ScreenEvent = {
      type: 'cleared',
      tMs: 5000,
      sinceMs: 0,
      level: 'warning',
      class: 'c1',
      rule: 'x',
      acknowledged: false,
    }
    expect(after(STARTING, opened(), raised, cleared).alert).toBeUndefined()
  })

  it('quietens an acknowledged alert at once, and follows the monitor from then on', () => {
    const raised = alert('warning', 'c1', 2000, 0)
    const acknowledged = after(STARTING, opened(), raised, { type: 'acknowledged' })
    expect(acknowledged.alert?.acknowledged).toBe(true)
    const risen = reduce(acknowledged, alert('critical', 'c1', 4000, 0))
    expect(risen.alert?.acknowledged).toBe(false)
  })

  it('bears with frames that do not know of the acknowledgement yet, but not for long', () => {
    const raised = alert('warning', 'c1', 2000, 0)
    const at = (tMs: number) => ({ ...texting({ level: 'warning', acknowledged: false }), tMs })
    const quiet = after(STARTING, opened(), at(2000), raised, { type: 'acknowledged' }, at(2100))
    expect(quiet.alert?.acknowledged).toBe(true)
    expect(reduce(quiet, at(3000)).alert?.acknowledged).toBe(false)
  })

  it('begins afresh with a new drive', () => {
    const raised = alert('warning', 'c1', 2000, 0)
    const before = after(OPEN, STARTING, opened(), texting(), raised)
    expect(before.alerts).toBe(1)
    const fresh = reduce(before, STARTING)
    expect(fresh).toMatchObject({ phase: 'starting', alerts: 0, driver: 'blind' })
    expect([fresh.alert, fresh.prediction, fresh.opened]).toEqual([undefined, undefined, undefined])
  })

  it('tells the same words twice as two notices', () => {
    const notice: ScreenEvent = {
      type: 'notice',
      problem: { severity: 'warning', code: 'source-lost', message: 'Away.' },
    }
    expect(after(notice, notice).notice?.id).toBe(2)
  })

  it('says why a drive failed', () => {
    const problem = { severity: 'error', code: 'not-a-video', message: 'No video.' } as const
    expect(shown({ type: 'failed', problem })).toEqual([{ kind: 'failed', problem }, 'blind'])
  })

  it('claims to watch nobody while a recording stands still, and is quiet about its alert', () => {
    const raised = alert('critical', 'c1', 2000, 0)
    const still = playback({ playing: false })
    const paused = [opened(false), raised, texting({ level: 'critical' }), still] as const
    expect(shown(...paused)).toEqual([{ kind: 'paused' }, 'idle'])
    expect(shown(...paused, playback())[0]).toMatchObject({ kind: 'unsafe', level: 'critical' })
    expect(shown(...paused, playback({ playing: false, atEnd: true }))[0]).toEqual({
      kind: 'ended',
    })
  })

  it('forgets with a jump what came before it, but not what it looks at', () => {
    const raised = alert('warning', 'c1', 2000, 0)
    const jumped = after(STARTING, opened(), texting(), raised, { type: 'jump', tMs: 9000 })
    expect(jumped).toMatchObject({ phase: 'running', opened: opened(), alerts: 0 })
    expect([jumped.alert, jumped.prediction]).toEqual([undefined, undefined])
  })
})
