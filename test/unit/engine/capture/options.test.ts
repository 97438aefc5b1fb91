import { describe, expect, it } from 'vitest'
import { retryDelayMs } from '../../../../electron/engine/capture/backOff.ts'
import { frameSize } from '../../../../electron/engine/capture/frameMaker.ts'
import { checkOptions } from '../../../../electron/engine/capture/sourceOptions.ts'
import type { SourceOptions } from '../../../../electron/engine/capture/sourceOptions.ts'
import { shownAddress } from '../../../../electron/contract/address.ts'

describe('source options', () => {
  it.each<[SourceOptions, string]>([
    [{ framesPerSecond: 0 }, 'The frame rate cannot be 0.'],
    [{ framesPerSecond: Number.NaN }, 'The frame rate cannot be NaN.'],
    [{ startAtMs: -1 }, 'The start position cannot be -1.'],
    [{ openTimeoutMs: 0 }, 'The time limit for opening cannot be 0.'],
    [{ region: { x: 0, y: 0, width: 0, height: 5 } }, 'The region cannot be 0,0,0,5.'],
    [{ region: { x: 0.5, y: 0, width: 5, height: 5 } }, 'The region cannot be 0.5,0,5,5.'],
  ])('%j is refused', (options, message) => {
    expect(() => {
      checkOptions(options)
    }).toThrow(expect.objectContaining({ code: 'option-invalid', message }))
  })

  it('tell the size of the frames beforehand', () => {
    const region = { x: 1, y: 2, width: 30, height: 40 }
    expect(frameSize({}, 640, 480)).toEqual({ width: 640, height: 480 })
    expect(frameSize({ rotate: 90 }, 640, 480)).toEqual({ width: 480, height: 640 })
    expect(frameSize({ rotate: 180, region }, 640, 480)).toEqual({ width: 30, height: 40 })
    expect(frameSize({ rotate: 270, region }, undefined, undefined)).toEqual({
      width: 40,
      height: 30,
    })
  })
})

describe('the pause before another try', () => {
  it('doubles and stays at five seconds, however long the camera is away', () => {
    expect([0, 1, 2, 3, 4, 5, 2000].map(retryDelayMs)).toEqual([
      250, 500, 1000, 1000, 1000, 1000, 1000,
    ])
  })
})

describe('a stream URL', () => {
  it('is never shown with its password', () => {
    expect(shownAddress('rtsp://admin:s3cret@10.0.0.7:554/a?b=c@d')).toBe(
      'rtsp://admin:***@10.0.0.7:554/a?b=c@d',
    )
    expect(shownAddress('http://10.0.0.7/a')).toBe('http://10.0.0.7/a')
  })
})
