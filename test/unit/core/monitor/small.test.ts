import { describe, expect, it } from 'vitest'
import { omitUndefined } from '../../../../electron/core/omitUndefined.ts'
import { unreachable } from '../../../../electron/core/unreachable.ts'

describe('defined', () => {
  it('drops keys whose value is undefined, and nothing else', () => {
    expect(Object.keys(omitUndefined({ a: 0, b: undefined, c: '', d: false }))).toEqual([
      'a',
      'c',
      'd',
    ])
  })
})

describe('unreachable', () => {
  it('names what should not have come', () => {
    expect(() => unreachable({ kind: 'new' } as never)).toThrow('{"kind":"new"}')
  })
})
