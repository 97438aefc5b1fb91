import { describe, expect, it } from 'vitest'
import { shared } from '../../../../electron/app/screens/shared.ts'

describe('what many ask for at once', () => {
  it('is done once for all of them, and anew for the next', async () => {
    let done = 0
    const ask = shared(() => Promise.resolve((done += 1)))
    expect(await Promise.all(Array.from({ length: 100 }, ask))).toEqual(Array(100).fill(1))
    expect(await ask()).toBe(2)
  })

  it('may fail for all of them, and is tried again', async () => {
    let broken = true
    const ask = shared(() => (broken ? Promise.reject(new Error('disk')) : Promise.resolve('fine')))
    expect((await Promise.allSettled([ask(), ask()])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ])
    broken = false
    expect(await ask()).toBe('fine')
  })
})
