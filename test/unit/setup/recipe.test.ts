import { describe, expect, it } from 'vitest'
import { bindingGyp, shadowHeaders, weightOf } from '../../../electron/setup/recipe.mjs'

const GIVEN = {
  sources: ['cc/core/Mat.cc'],
  includeDir: '/usr/include/opencv4',
  libDir: '/usr/lib/aarch64-linux-gnu',
  libraries: ['/usr/lib/aarch64-linux-gnu/libopencv_core.so.4.10.0'],
  nanDir: '/repo/node_modules/nan',
}

describe('how the binding is compiled', () => {
  it('puts our headers before those of OpenCV', () => {
    const { targets } = bindingGyp({ ...GIVEN, platform: 'linux' })
    expect(targets[0]?.include_dirs.slice(0, 2)).toEqual(['include', '/usr/include/opencv4'])
  })

  it('links the four modules by name from their folder', () => {
    const { targets } = bindingGyp({ ...GIVEN, platform: 'linux' })
    expect(targets[0]?.libraries).toEqual([
      '-L/usr/lib/aarch64-linux-gnu',
      '-lopencv_core',
      '-lopencv_imgproc',
      '-lopencv_imgcodecs',
      '-lopencv_videoio',
      '-Wl,-rpath,/usr/lib/aarch64-linux-gnu',
    ])
  })

  it('links files on Windows, where their names carry a version', () => {
    const libraries = ['C:\\opencv\\lib\\opencv_world4100.lib']
    const { targets } = bindingGyp({ ...GIVEN, libraries, platform: 'win32' })
    expect(targets[0]?.libraries).toEqual(libraries)
    expect(targets[0]?.defines).toContain('WIN')
  })

  it('declares only the modules that Roadward calls', () => {
    const declared = shadowHeaders()['opencv2/opencv_modules.hpp']?.match(/HAVE_OPENCV_\w+/g)
    expect(declared).toEqual([
      'HAVE_OPENCV_CORE',
      'HAVE_OPENCV_IMGPROC',
      'HAVE_OPENCV_IMGCODECS',
      'HAVE_OPENCV_VIDEOIO',
    ])
  })

  it('expects the largest file to take longest', () => {
    expect(weightOf('core/Mat.cc')).toBeGreaterThan(weightOf('core/Point.cc'))
  })
})
