import { describe, expect, it } from 'vitest'
import {
  crashLoopProblem,
  restartDelayMs,
  restartProblem,
} from '../../../../electron/app/supervision/restartPolicy.ts'

describe('restarting the engine', () => {
  it('restarts at once after the first crash', () => {
    expect(restartDelayMs(1, true)).toBe(0)
    expect(restartDelayMs(1, false)).toBe(0)
  })

  it('gives a recorded drive up that kills the engine three times without a prediction', () => {
    expect(restartDelayMs(2, false)).toBe(500)
    expect(restartDelayMs(3, false)).toBeUndefined()
  })

  it('never gives a camera up, but waits longer each time, up to ten seconds', () => {
    expect([2, 3, 4, 5, 6, 7, 100].map((n) => restartDelayMs(n, true))).toEqual([
      500, 1000, 2000, 4000, 8000, 10_000, 10_000,
    ])
  })

  it('says what killed the engine, and its last words when it is given up', () => {
    const exit = { cause: 'signal SIGSEGV', stderr: 'noise\n[h264] broken NAL unit' }
    expect(restartProblem(exit).message).toContain('signal SIGSEGV')
    expect(crashLoopProblem(exit).message).toContain('[h264] broken NAL unit')
    expect(crashLoopProblem({ cause: 'exit code 3', stderr: '' }).message).not.toContain('words')
  })
})
