/**
 * How the OpenCV binding is compiled. The package's own `binding.gyp` compiles 90 files with
 * every module of OpenCV at -O3, which takes 12 minutes on two cores; these 22 files with the four modules
 * that Roadward calls take less than one. OpenCV does the work, the binding only passes it on,
 * so that cheap compiler flags cost nothing at run time. Pure.
 */

import { MODULES } from './opencv.mjs'

/** Folders of the binding's `cc/` to compile, beside the three files at its top. */
export const SOURCE_FOLDERS = ['core', 'imgproc', 'io']
export const TOP_SOURCES = ['opencv4nodejs.cc', 'CustomMatAllocator.cc', 'ExternalMemTracking.cc']

/**
 * Seconds that the slow files take beside one second for any other, measured with GCC 12 -O1:
 * for the time left.
 */
const WEIGHTS = /** @type {Record<string, number>} */ ({
  'core/Mat': 11,
  'core/core': 4,
  'imgproc/MatImgproc': 9,
  'imgproc/imgproc': 5,
  'imgproc/Contour': 3,
  'io/io': 3,
  'io/VideoCapture': 3,
  'io/VideoWriter': 3,
  opencv4nodejs: 3,
})

/** @param {string} source relative to `cc/`, with or without its ending */
export function weightOf(source) {
  return WEIGHTS[source.replace(/\.(cc|o|obj)$/, '')] ?? 1.3
}

/**
 * The headers that stand before OpenCV's own. Debian's `opencv_modules.hpp` declares every
 * module, and the binding would then want all their headers. `highgui` (windows) is wanted for
 * reading and writing pictures, and would bring Qt into the process.
 *
 * @returns {Record<string, string>} text by path
 */
export function shadowHeaders() {
  const modules = MODULES.map((name) => `#define HAVE_OPENCV_${name.toUpperCase()}\n`)
  return {
    'opencv2/opencv_modules.hpp': modules.join(''),
    'opencv2/highgui.hpp': `#pragma once
#include <opencv2/imgcodecs.hpp>
#include <opencv2/videoio.hpp>
// Roadward opens no windows of OpenCV's.
namespace cv {
inline void imshow(const String&, InputArray) {}
inline int waitKey(int = 0) { return -1; }
inline int waitKeyEx(int = 0) { return -1; }
inline void destroyWindow(const String&) {}
inline void destroyAllWindows() {}
} // namespace cv
`,
  }
}

/**
 * @param {object} given
 * @param {string[]} given.sources relative to the folder of `binding.gyp`
 * @param {string} given.includeDir of OpenCV
 * @param {string} given.libDir
 * @param {string[]} given.libraries
 * @param {string} given.nanDir
 * @param {string} given.platform
 * @returns the contents of `binding.gyp`
 */
export function bindingGyp({ sources, includeDir, libDir, libraries, nanDir, platform }) {
  const links =
    platform === 'win32'
      ? libraries
      : [`-L${libDir}`, ...MODULES.map((name) => `-lopencv_${name}`), `-Wl,-rpath,${libDir}`]
  return {
    targets: [
      {
        target_name: 'opencv4nodejs',
        sources,
        // The binding defines it itself only where highgui is compiled in.
        defines: ['HAVE_IO', ...(platform === 'win32' ? ['WIN', '_HAS_EXCEPTIONS=1'] : [])],
        include_dirs: ['include', includeDir, 'cc', 'cc/core', 'cc/native-node-utils', nanDir],
        libraries: links,
        cflags: ['-O1', '-g0', '-w'],
        'cflags!': ['-O3', '-g', '-Wall', '-Wextra'],
        'cflags_cc!': ['-fno-rtti', '-fno-exceptions'],
        xcode_settings: {
          GCC_OPTIMIZATION_LEVEL: '1',
          GCC_ENABLE_CPP_EXCEPTIONS: 'YES',
          GCC_ENABLE_CPP_RTTI: 'YES',
        },
        msvs_settings: { VCCLCompilerTool: { ExceptionHandling: '2', RuntimeLibrary: '2' } },
      },
    ],
  }
}

/**
 * SQLite and its binding, the two files in one target so that they are compiled side by side, and
 * at -O1: 36 s on two cores instead of 72, and what Roadward asks of it waits for the disk.
 *
 * @returns the contents of `binding.gyp`
 */
export function sqliteGyp() {
  return {
    targets: [
      {
        target_name: 'better_sqlite3',
        includes: ['deps/defines.gypi'],
        defines: ['NDEBUG'],
        sources: ['deps/sqlite3/sqlite3.c', 'src/better_sqlite3.cpp'],
        include_dirs: ['deps/sqlite3'],
        cflags: ['-O1', '-g0', '-w'],
        'cflags!': ['-O3', '-g', '-Wall', '-Wextra'],
        cflags_c: ['-std=c99'],
        cflags_cc: ['-std=c++20'],
        // Another SQLite in the process (Node's own, a library's) must not be taken for this one.
        conditions: [
          ['OS=="linux"', { ldflags: ['-Wl,-Bsymbolic', '-Wl,--exclude-libs,ALL'] }],
          ['OS=="win"', { defines: ['WIN32'] }],
        ],
        xcode_settings: {
          GCC_OPTIMIZATION_LEVEL: '1',
          OTHER_CFLAGS: ['-std=c99'],
          OTHER_CPLUSPLUSFLAGS: ['-std=c++20', '-stdlib=libc++'],
        },
        msvs_settings: {
          VCCLCompilerTool: { ExceptionHandling: 1, AdditionalOptions: ['/std:c++20'] },
        },
      },
    ],
  }
}
