/** What is installed of the software that Roadward stands on, for `roadward doctor`. Pure. */

/** A verdict on one part; `missing` stops the app, `limited` does not. */
export interface Installed {
  readonly status: 'ok' | 'limited' | 'missing'
  readonly detail: string
  /** What to do about it, as one sentence. */
  readonly tip?: string
}

/**
 * @param running such as `20.20.2`
 * @param wanted `engines.node` of package.json, such as `>=20.19`
 */
export function judgeNode(running: string, wanted: string): Installed {
  const [major = 0, minor = 0] = numbers(running)
  const [wantedMajor = 0, wantedMinor = 0] = numbers(wanted)
  const isEnough = major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)
  return isEnough
    ? { status: 'ok', detail: running }
    : {
        status: 'missing',
        detail: `${running} is too old`,
        tip: `Install Node ${wanted.replace('>=', '')} or newer.`,
      }
}

/** The ways in which OpenCV gets at pictures, as its build information names them. */
const BACKENDS = [
  { pattern: /^\s+FFMPEG:\s+YES/m, name: 'FFmpeg' },
  { pattern: /^\s+GStreamer:\s+YES/m, name: 'GStreamer' },
  { pattern: /^\s+v4l\/v4l2:\s+YES/m, name: 'V4L2' },
  { pattern: /^\s+AVFoundation:\s+YES/m, name: 'AVFoundation' },
  { pattern: /^\s+(?:DirectShow|Media Foundation):\s+YES/m, name: 'Windows cameras' },
]

/**
 * @param version such as `4.6.0`
 * @param buildInformation what `cv::getBuildInformation()` says
 */
export function judgeOpenCv(version: string, buildInformation: string): Installed {
  const found = BACKENDS.filter(({ pattern }) => pattern.test(buildInformation))
  const names = found.map(({ name }) => name)
  const detail = `${version} with ${names.length > 0 ? names.join(', ') : 'no video backend'}`
  // Recorded drives and streams are opened through FFmpeg and nothing else.
  return names.includes('FFmpeg')
    ? { status: 'ok', detail }
    : {
        status: 'limited',
        detail: `${detail}; videos and streams cannot be read`,
        tip: 'Install an OpenCV that was built with FFmpeg, then run `npm run setup`.',
      }
}

function numbers(version: string): number[] {
  return (/\d+(?:\.\d+)*/.exec(version)?.[0] ?? '').split('.').map(Number)
}
