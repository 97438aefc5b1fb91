import { describe, expect, it } from 'vitest'
import { commandSchema } from '../../electron/contract/commands.ts'
import { engineMessageSchema } from '../../electron/contract/events.ts'
import { PRESETS } from '../../electron/core/monitor/presets/all.ts'

const start = (changes: object = {}): object => ({
  type: 'start',
  source: { uri: '0', options: {} },
  ensemble: { directory: 'models/statefarm', allowBroken: false },
  preset: PRESETS[0],
  speed: 'realtime',
  ...changes,
})

describe('commands', () => {
  it.each(PRESETS.map((preset) => [preset.id, preset] as const))(
    'carry preset %s unchanged, also as JSON',
    (_, preset) => {
      const parsed = commandSchema.parse(JSON.parse(JSON.stringify(start({ preset }))))
      expect(parsed).toMatchObject({ preset: JSON.parse(JSON.stringify(preset)) as object })
    },
  )

  const wrong: readonly (readonly [string, object])[] = [
    ['an unknown type', { type: 'reboot' }],
    ['a start without a source', start({ source: undefined })],
    ['an empty source', start({ source: { uri: '', options: {} } })],
    ['an angle that is no right angle', start({ source: { uri: '0', options: { rotate: 45 } } })],
    [
      'a region without area',
      start({ source: { uri: '0', options: { region: { x: 0, y: 0, width: 0, height: 9 } } } }),
    ],
    [
      'an empty wish of providers',
      start({ ensemble: { directory: 'm', allowBroken: false, providers: [] } }),
    ],
    ['a pace that does not exist', start({ speed: 'warp' })],
    ['a preset that is only a name', start({ preset: 'roadward' })],
    ['a negative speed', { type: 'speed', kmh: -3 }],
    ['a rate beyond what is offered', { type: 'rate', rate: 16 }],
    ['a step of half a frame', { type: 'step', frames: 0.5 }],
    ['a place before the start', { type: 'seek', tMs: -1 }],
    ['a speed that is no number', { type: 'speed', kmh: Number.NaN }],
  ]
  it.each(wrong)('are refused with %s', (_, command) => {
    expect(commandSchema.safeParse(command).success).toBe(false)
  })

  it('may say that the speed is not known any more', () => {
    expect(commandSchema.parse({ type: 'speed', kmh: undefined })).toEqual({ type: 'speed' })
  })
})

describe('engine messages', () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ['a bare event, not a list', { type: 'heartbeat' }],
    ['an unknown event', [{ type: 'gossip' }]],
    [
      'an unknown class',
      [{ type: 'alert', tMs: 0, level: 'warning', class: 'c10', rule: 'x', sinceMs: 0 }],
    ],
    ['an unknown state', [{ type: 'state', tMs: 0, state: 'sleepy' }]],
    ['a time that is no number', [{ type: 'state', tMs: Number.NaN, state: 'safe' }]],
  ]
  it.each(wrong)('are refused with %s', (_, message) => {
    expect(engineMessageSchema.safeParse(message).success).toBe(false)
  })
})
