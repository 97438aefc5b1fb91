import { describe, expect, it } from 'vitest'
import { firstDifference } from '../../../electron/setup/lockfile.mjs'

const WANTED = {
  packages: {
    '': { version: '0.1.0' },
    'node_modules/zod': { version: '4.6.7' },
    'node_modules/fsevents': { version: '2.3.3', optional: true },
    'node_modules/@u4/opencv4nodejs': { version: '7.1.2', optional: true },
  },
}
const NEEDED = ['@u4/opencv4nodejs']

function installed(packages: Record<string, string>) {
  const entries = Object.entries(packages).map(([name, version]) => [
    `node_modules/${name}`,
    { version },
  ])
  return { packages: Object.fromEntries(entries) as Record<string, { version: string }> }
}

describe('whether npm has to install anything', () => {
  it('is content without the optional packages of other platforms', () => {
    const has = installed({ zod: '4.6.7', '@u4/opencv4nodejs': '7.1.2', extra: '1.0.0' })
    expect(firstDifference(WANTED, has, NEEDED)).toBeUndefined()
  })

  it('names a package of another version', () => {
    const has = installed({ zod: '4.6.6', '@u4/opencv4nodejs': '7.1.2' })
    expect(firstDifference(WANTED, has, NEEDED)).toBe('zod')
  })

  it('misses the binding although npm calls it optional', () => {
    expect(firstDifference(WANTED, installed({ zod: '4.6.7' }), NEEDED)).toBe('@u4/opencv4nodejs')
  })

  it('misses everything where nothing was installed', () => {
    expect(firstDifference(WANTED, undefined, NEEDED)).toBe('zod')
  })
})
