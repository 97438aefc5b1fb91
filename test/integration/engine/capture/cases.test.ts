import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSource } from '../../../../electron/engine/capture/openSource.ts'
import type { Frame } from '../../../../electron/core/frame.ts'
import { RecordingCursor } from '../../../../electron/viewer/recordingCursor.ts'
import { codesOf, collect, framesOf } from '../../../support/collect.ts'

/** Recordings as phones, dash cams and cutting programs write them, on machines that have them. */
const CASES = resolve('../shared/cases')
const caseOf = (name: string): string => `${CASES}/${name}`

const pixelsOf = ({ pixels }: Frame): string => Buffer.from(pixels).toString('latin1')

describe.skipIf(!existsSync(CASES))('recordings that others have made (../shared/cases)', () => {
  it.each([
    ['phone-vfr.mp4', 900, 89_800],
    ['vfr-b.mp4', 600, 29_933],
    ['vfr-nob.mp4', 600, 29_933],
    ['gap30min.mp4', 90, 1_805_933],
    ['trim.mp4', 152, 10_267],
    ['off.mkv', 900, 59_933],
  ])('%s is whole, ends when it ends, and is found again anywhere', async (name, count, lastMs) => {
    const items = await collect(caseOf(name))
    const frames = framesOf(items)
    expect(codesOf(items)).toEqual([])
    expect([frames.length, Math.round(frames.at(-1)?.tMs ?? -1)]).toEqual([count, lastMs])
    await using cursor = new RecordingCursor({ uri: caseOf(name), options: {} })
    for (let n = 5; n < count; n += 71) {
      const at = frames[(n * 37) % count]
      const shown = at && (await cursor.at(at.tMs + 1, () => undefined))
      expect(shown && pixelsOf(shown.frame)).toBe(at && pixelsOf(at))
    }
  })

  it('phone-portrait.mp4 is upright', async () => {
    await using source = await openSource(caseOf('phone-portrait.mp4'))
    expect(source.info).toMatchObject({ width: 320, height: 240 })
  })

  it('two-cams.mp4 is told to hold two streams, once', async () => {
    expect(codesOf(await collect(caseOf('two-cams.mp4')))).toEqual(['video-streams'])
    expect(codesOf(await collect(caseOf('two-cams.mp4'), { startAtMs: 1000 }))).toEqual([])
  })
})
