import { expect, it } from 'vitest'
import type { Problem } from '../../../../electron/core/ports.ts'
import { ProblemNotices } from '../../../../electron/engine/drive/problemNotices.ts'

const failing = (name: string): Problem => ({
  severity: 'warning',
  code: 'fold-run-failed',
  message: `The model ${name} fails.`,
})

it('tells of a model that fails on every frame once, and again after it was well for a while', () => {
  const notices = new ProblemNotices()
  const told: string[] = []
  const frames = (fromMs: number, toMs: number, ...problems: readonly Problem[]): void => {
    for (let tMs = fromMs; tMs < toMs; tMs += 40) {
      for (const { message } of notices.of(problems, tMs)) told.push(`${tMs} ${message}`)
    }
  }
  frames(0, 20_000, failing('a'))
  frames(20_000, 21_000, failing('a'), failing('b'))
  frames(21_000, 40_000)
  frames(40_000, 41_000, failing('a'))
  expect(told).toEqual([
    '0 The model a fails.',
    '20000 The model b fails.',
    '40000 The model a fails.',
  ])
})
