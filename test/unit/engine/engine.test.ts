import { describe, expect, it } from 'vitest'
import { commandSchema, type StartCommand } from '../../../electron/contract/commands.ts'
import { engineMessageSchema } from '../../../electron/contract/events.ts'
import { RoadwardError } from '../../../electron/core/errors.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { Engine, type EngineParts } from '../../../electron/engine/engine.ts'
import { fakeEnsemble, frameItem, Outbox, ScriptedSource } from './drive/fakes.ts'

const START = commandSchema.parse({
  type: 'start',
  source: { uri: 'script', options: {} },
  ensemble: { directory: 'fake', allowBroken: false },
  preset: ROADWARD,
  speed: 'max',
}) as StartCommand

function setUp(parts: Partial<EngineParts> = {}) {
  const outbox = new Outbox()
  const source = new ScriptedSource(
    'video',
    [0, 1, 2].map((n) => frameItem(n, n * 100)),
  )
  const engine = new Engine({
    openSource: () => Promise.resolve(source),
    openEnsemble: () => Promise.resolve(fakeEnsemble(() => 'c0')),
    emit: outbox.emit,
    encodePicture: () => ({ width: 1, height: 1, jpeg: new Uint8Array([255, 216]) }),
    peakMemoryMb: () => 123,
    ...parts,
  })
  return { engine, outbox, source }
}

describe('Engine', () => {
  it('drives from opened to ended and closes what it opened', async () => {
    const { engine, outbox, source } = setUp()
    await engine.handle(START)
    const types = outbox.events.map(({ type }) => type)
    expect(types.filter((type) => type === 'prediction')).toHaveLength(3)
    expect(outbox.events.at(-1)).toEqual({
      type: 'ended',
      reason: 'end-of-source',
      dropped: 0,
      peakMemoryMb: 123,
    })
    expect(source.closed).toBe(true)
  })

  it('says nothing that the contract does not allow', async () => {
    const { engine, outbox } = setUp()
    await engine.handle(START)
    for (const message of outbox.messages)
      expect(engineMessageSchema.parse(message)).toEqual(message)
  })

  it('warns the watchdog before it blocks', async () => {
    const { engine, outbox } = setUp()
    await engine.handle(START)
    expect(outbox.of('busy').map(({ what }) => what)).toEqual(['ensemble', 'source'])
  })

  it('tells a failure with its remedy', async () => {
    const { engine, outbox } = setUp({
      openSource: () =>
        Promise.reject(new RoadwardError('camera-missing', 'No camera 7.', 'Plug it in.')),
    })
    await engine.handle(START)
    expect(outbox.events.at(-1)).toEqual({
      type: 'failed',
      problem: {
        severity: 'error',
        code: 'camera-missing',
        message: 'No camera 7.',
        tip: 'Plug it in.',
      },
    })
  })

  it('does not swallow faults of its own', async () => {
    const { engine, outbox } = setUp({
      openEnsemble: () => Promise.reject(new TypeError('x is undefined')),
    })
    await engine.handle(START)
    const problem = outbox.of('failed')[0]?.problem
    expect(problem?.code).toBe('internal')
    expect(problem?.message).toContain('x is undefined')
  })

  it('drives only once', async () => {
    const { engine } = setUp()
    await engine.handle(START)
    await expect(engine.handle(START)).rejects.toThrow('fork another')
  })
})
