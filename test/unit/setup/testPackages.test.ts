import { describe, expect, it } from 'vitest'
import { decide, missingPackages } from '../../../electron/setup/testPackages.mjs'

describe('the packages that only tests need', () => {
  it('are missing where dpkg does not call them installed', () => {
    const listed = 'chromium installed\nstrace config-files\nbash installed\n'
    expect(missingPackages(['chromium', 'strace', 'python3-gi'], listed)).toEqual([
      'strace',
      'python3-gi',
    ])
  })

  it('are installed by who may', () => {
    const machine = { isDebianLike: true, privilege: 'sudo' } as const
    expect(decide(['chromium'], machine)).toEqual({ kind: 'install', sudo: true })
    expect(decide([], machine)).toEqual({ kind: 'nothing' })
  })

  it('are told to who may not, with the command, and the tests go on', () => {
    const machine = { isDebianLike: true, privilege: 'none' } as const
    expect(decide(['chromium', 'strace'], machine)).toEqual({
      kind: 'tell',
      text: expect.stringMatching(/skipped[^]*apt-get install .* chromium strace/) as unknown,
    })
    expect(decide(['chromium'], { ...machine, isDebianLike: false })).toMatchObject({
      kind: 'tell',
    })
  })
})
