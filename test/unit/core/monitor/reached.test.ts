import { describe, expect, it } from 'vitest'
import { reached } from '../../../../electron/core/monitor/reached.ts'

describe('a time that was added up of frame times', () => {
  it('reaches its threshold although each frame was rounded to a microsecond', () => {
    // Fifteen frames a second, as a container tells them: 66.667, 133.333, 200 ...
    const frame = (n: number): number => Math.round((n * 1e6) / 15) / 1000
    const stretches = [frame(16) - frame(1), frame(46) - frame(31), frame(76) - frame(61)]
    expect(reached(stretches[0] ?? 0, 1000)).toBe(true)
    const rounded = stretches.reduce((sum, each) => sum + each - 0.001, 0)
    expect(reached(rounded, 3000)).toBe(true)
  })

  it('does not reach it a frame early', () => {
    expect(reached(2999, 3000)).toBe(false)
    expect(reached(2999.98, 3000)).toBe(false)
  })
})
