import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { whatIfSchema, type DriveEvent } from '../../../electron/contract/drives.ts'
import { PRESETS } from '../../../electron/core/monitor/presets/all.ts'
import { ROADWARD } from '../../../electron/core/monitor/presets/roadward.ts'
import { CLASSES } from '../../../electron/core/labels.ts'
import type { Preset } from '../../../electron/core/monitor/preset.ts'
import { ArchiveFolder, headerOf, record } from './archiveFolder.ts'
import { logOf, sure, tellDrive, type Beliefs } from './driveLog.ts'

let folder: ArchiveFolder
beforeEach(() => {
  folder = new ArchiveFolder()
})
afterEach(() => {
  folder[Symbol.dispose]()
})

const OPENPILOT = PRESETS.find(({ id }) => id === 'openpilot') ?? ROADWARD

/** What was recorded, without what only the archive knows. */
const asReplayed = (event: DriveEvent) => ({
  ...whatIfSchema.shape.events.element.parse(event),
  steps: event.steps.map((step) => ({ ...step, folds: [] })),
})

async function recordAndReplay(beliefs: Beliefs, preset: Preset) {
  const archive = folder.open()
  const log = logOf(await tellDrive(beliefs, preset))
  const drive = await record(archive, log, headerOf({ preset }))
  const recorded = await archive.handlers.get({ drive })
  const replayed = await archive.handlers.whatIf({ drive, preset })
  folder.close(archive)
  return { recorded, replayed }
}

/** Numbers that no float32 holds, and drivers that change their mind. */
const belief = fc
  .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 10, maxLength: 10 })
  .map((weights) => {
    const sum = weights.reduce((a, b) => a + b)
    return weights.map((weight) => weight / sum)
  })
const stretch = fc.oneof(
  fc
    .record({ id: fc.constantFrom(...CLASSES), frames: fc.integer({ min: 1, max: 80 }) })
    .map(({ id, frames }) => sure(id, frames)),
  fc.array(belief, { minLength: 1, maxLength: 30 }),
)
const drives = fc.array(stretch, { minLength: 1, maxLength: 5 }).map((all) => all.flat())

describe('what another preset would have done', () => {
  it.each(PRESETS)('gives exactly what $id gave, when asked for $id', async (preset) => {
    await fc.assert(
      fc.asyncProperty(drives, async (beliefs) => {
        const { recorded, replayed } = await recordAndReplay(beliefs, preset)
        expect(replayed.events).toEqual(recorded.events.map(asReplayed))
        expect(replayed.spans).toEqual(recorded.spans)
      }),
      { numRuns: 15, seed: 5 },
    )
  })

  it('has the alerts of the other preset, from the same predictions', async () => {
    const archive = folder.open()
    const beliefs = [...sure('c0', 20), ...sure('c7', 40), ...sure('c0', 40)]
    const drive = await record(archive, logOf(await tellDrive(beliefs, ROADWARD)))
    const other = await tellDrive(beliefs, OPENPILOT)
    const { events } = await archive.handlers.whatIf({ drive, preset: OPENPILOT })
    const alerts = other.flat().filter((event) => event.type === 'alert')
    expect(events.flatMap(({ steps }) => steps.map(({ tMs, level }) => [tMs, level]))).toEqual(
      alerts.map(({ tMs, level }) => [tMs, level]),
    )
    expect(alerts).not.toEqual([])
  })
})
