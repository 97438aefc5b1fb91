import { describe, expect, it } from 'vitest'
import { globRegExp, hasGlob } from '../../../../electron/engine/capture/glob.ts'

describe('globs', () => {
  it.each([
    ['/d/*.jpg', '/d/a.jpg', true],
    ['/d/*.jpg', '/d/deep/a.jpg', false],
    ['/d/*.jpg', '/d/.hidden.jpg', false],
    ['/d/img_1*.jpg', '/d/img_1.jpg', true],
    ['/d/img_1*.jpg', '/d/img_10.jpg', true],
    ['/d/img_?.jpg', '/d/img_10.jpg', false],
    ['/d/**/*.jpg', '/d/a.jpg', true],
    ['/d/**/*.jpg', '/d/b/c/a.jpg', true],
    ['/d/**/*.jpg', '/d/.cache/a.jpg', false],
    ['/d/**/*.jpg', '/d/.hidden.jpg', false],
    ['/d/**/a.jpg', '/d/b/a.jpg', true],
    ['/d/**', '/d/b/a.jpg', true],
    ['/d/c[0-3]/a.jpg', '/d/c2/a.jpg', true],
    ['/d/c[!0-3]/a.jpg', '/d/c2/a.jpg', false],
    ['/d/a.{jpg,p?g}', '/d/a.png', true],
    ['/d/a.{jpg,p?g}', '/d/a.bmp', false],
    ['/d/a+b (1).jp*', '/d/a+b (1).jpg', true],
    ['/d/a.jpg', '/d/aXjpg', false],
  ])('%s fits %s: %s', (glob, path, fits) => {
    expect(globRegExp(glob).test(path)).toBe(fits)
  })

  it('takes brackets and braces without a choice for plain names', () => {
    expect(['a[].jpg', 'a{b}.jpg', 'a.jpg'].map(hasGlob)).toEqual([false, false, false])
  })
})
