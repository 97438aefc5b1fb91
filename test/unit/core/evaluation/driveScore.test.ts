import { describe, expect, it } from 'vitest'
import { DriveScorer } from '../../../../electron/core/evaluation/driveScore.ts'
import type { ClassId } from '../../../../electron/core/labels.ts'
import { PRESETS } from '../../../../electron/core/monitor/presets/all.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import type { Preset } from '../../../../electron/core/monitor/preset.ts'
import { CLEAR, COVERED, predict, sure, UNIFORM } from '../monitor/story.ts'

/** Seconds of what the driver does, and of what the ensemble says (the truth, if not given). */
type Scene = readonly [truth: ClassId, seconds: number, says?: ClassId | 'nothing' | 'covered']

const PERIOD_MS = 200

/** One drive a list of scenes, five frames a second. */
function scoreOf(drives: readonly (readonly Scene[])[], preset: Preset = ROADWARD) {
  const scorer = new DriveScorer(preset, PERIOD_MS)
  for (const [index, scenes] of drives.entries()) {
    scorer.startDrive(`p${index + 1}`)
    let tMs = 0
    for (const [truth, seconds, says = truth] of scenes) {
      const vector = says === 'nothing' || says === 'covered' ? UNIFORM : sure(says)
      const view = says === 'covered' ? COVERED : CLEAR
      for (const endMs = tMs + seconds * 1000; tMs < endMs; tMs += PERIOD_MS) {
        scorer.frame({ tMs, prediction: predict(vector), view, truth })
      }
    }
  }
  return scorer.score()
}

describe('a drive with known truth', () => {
  it('finds what the ensemble sees, after the time that the preset allows', () => {
    const score = scoreOf([
      [
        ['c0', 10],
        ['c5', 8],
        ['c0', 10],
        ['c2', 8],
      ],
    ])
    expect(score).toEqual({
      preset: 'roadward',
      drives: 1,
      episodes: 2,
      found: 2,
      missed: [],
      delayMs: { p50: 1600, p95: 1600 }, // 1.5 s, seen at the next of five frames a second
      safeMs: 20_000,
      falseAlerts: 0,
      falseAlertsPerHour: 0,
      unsureShare: 0,
      blindShare: 0,
      allClearShare: expect.closeTo(0.025, 2) as unknown, // two frames until the filter follows
    })
  })

  it('names the episode that the ensemble takes for safe driving', () => {
    const score = scoreOf([
      [
        ['c0', 4],
        ['c9', 5, 'c0'],
      ],
      [['c1', 4]],
    ])
    expect(score).toMatchObject({ drives: 2, episodes: 2, found: 1 })
    expect(score.missed).toEqual([{ drive: 'p1', class: 'c9', fromMs: 4000, toMs: 9000 }])
    expect(score.allClearShare).toBeCloseTo(25 / 45, 5)
  })

  it('asks for nothing in a glance of less than three seconds', () => {
    const score = scoreOf([
      [
        ['c0', 4],
        ['c9', 2.8, 'c0'],
        ['c0', 4],
      ],
    ])
    expect(score).toMatchObject({ episodes: 0, found: 0, missed: [] })
    expect(score.delayMs).toEqual({ p50: undefined, p95: undefined })
  })

  it('counts a false alert once, however high it rises, and the next one again', () => {
    const rising: Scene = ['c0', 8, 'c7']
    const score = scoreOf([[['c0', 10], rising, ['c0', 10], rising, ['c0', 4]]])
    expect(score).toMatchObject({ episodes: 0, falseAlerts: 2, safeMs: 40_000 })
    expect(score.falseAlertsPerHour).toBeCloseTo(180, 6)
  })

  it('takes the first seconds after an unsafe stretch for its answer, and not a moment more', () => {
    // 1.2 s of radio and a filter that sees it 0.6 s longer: the alert comes in safe driving.
    const late = scoreOf([
      [
        ['c0', 10],
        ['c5', 1.2],
        ['c0', 0.6, 'c5'],
        ['c0', 10],
      ],
    ])
    expect(late.falseAlerts).toBe(0)
    const stubborn = scoreOf([
      [
        ['c0', 10],
        ['c5', 1.2],
        ['c0', 5.4, 'c5'],
        ['c0', 10],
      ],
    ])
    expect(stubborn.falseAlerts).toBe(1) // still up, it rises to critical beyond the two seconds
  })

  it('forgives nothing at the start of a drive', () => {
    const { falseAlerts } = scoreOf([[['c5', 8]], [['c0', 1.8, 'c2']]])
    expect(falseAlerts).toBe(1)
  })

  it('tells how long nobody could say', () => {
    const score = scoreOf([
      [
        ['c0', 10],
        ['c0', 10, 'nothing'],
        ['c0', 10, 'covered'],
      ],
    ])
    expect(score.unsureShare).toBeGreaterThan(0.3)
    expect(score.blindShare).toBeGreaterThan(0.2)
    expect(score.falseAlerts).toBe(0)
  })

  it('has no rate of false alerts where nobody drove safely, and none of anything at first', () => {
    expect(scoreOf([[['c1', 5]]]).falseAlertsPerHour).toBeUndefined()
    expect(scoreOf([])).toMatchObject({ drives: 0, episodes: 0, unsureShare: 0, allClearShare: 0 })
  })

  it.each(PRESETS.map((preset) => [preset.id, preset] as const))(
    'has nothing to hold against %s when the ensemble is right',
    (_, preset) => {
      const classes = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'] as const
      const score = scoreOf([classes.map((id): Scene => [id, 10])], preset)
      expect(score).toMatchObject({ episodes: 9, found: 9, falseAlerts: 0 })
    },
  )
})
