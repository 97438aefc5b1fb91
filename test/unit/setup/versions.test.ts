import { describe, expect, it } from 'vitest'
import {
  atLeast,
  headersMatch,
  opencvVersion,
  parseOsRelease,
  parseVersion,
} from '../../../electron/setup/versions.mjs'

describe('versions', () => {
  it('reads the numbers out of whatever surrounds them', () => {
    expect(parseVersion('v20.19.0-nightly')).toEqual([20, 19, 0])
    expect(parseVersion('none')).toEqual([])
  })

  it.each([
    ['20.19.0', '20.19', true],
    ['20.9.5', '20.19', false],
    ['22.0.0', '20.19', true],
    ['20', '20.19', false],
    ['', '20.19', false],
  ])('%s is at least %s: %s', (actual, wanted, expected) => {
    expect(atLeast(actual, wanted)).toBe(expected)
  })

  it('knows Debian and its relatives by os-release', () => {
    const trixie = 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\nVERSION_ID="13"\n'
    expect(parseOsRelease(trixie)).toEqual({
      name: 'Debian GNU/Linux 13 (trixie)',
      isDebianLike: true,
    })
    expect(parseOsRelease('ID=raspbian\nID_LIKE=debian\n').isDebianLike).toBe(true)
    expect(parseOsRelease('ID=fedora\n').isDebianLike).toBe(false)
  })

  it("finds OpenCV's version in its header", () => {
    const header =
      '#define CV_VERSION_MAJOR    4\n#define CV_VERSION_MINOR    10\n#define CV_VERSION_REVISION 0\n'
    expect(opencvVersion(header)).toBe('4.10.0')
    expect(opencvVersion('')).toBeUndefined()
  })

  it("takes only headers of the running Node's module version", () => {
    const header = `#if defined(NODE_EMBEDDER_MODULE_VERSION)
#define NODE_MODULE_VERSION NODE_EMBEDDER_MODULE_VERSION
#else
#define NODE_MODULE_VERSION 115
#endif`
    expect(headersMatch(header, '115')).toBe(true)
    expect(headersMatch(header, '127')).toBe(false)
  })
})
