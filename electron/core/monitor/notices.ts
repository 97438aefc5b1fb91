import type { Millis } from '../frame.ts'
import type { UncertaintyNotice } from './preset.ts'
import type { Problem } from '../ports.ts'
import type { BlindReason } from './view.ts'

/** What is said when the monitor goes blind. */
export function blindNotice(reason: BlindReason): Problem {
  return { severity: 'error', ...BLIND[reason] }
}

/** What is said when it sees again. */
export const RESTORED: Problem = {
  severity: 'info',
  code: 'camera-restored',
  message: 'The camera sees the driver again. Monitoring goes on.',
  tip: undefined,
}

/** What is said while the model stays unsure. */
export function uncertaintyNotice({ code, afterMs }: UncertaintyNotice): Problem {
  const seconds = afterMs / 1000
  return { severity: 'warning', code, ...DOUBT[code](seconds) }
}

/** What is said when the source's clock runs back; timers stand still across the jump. */
export function clockNotice(fromMs: Millis, toMs: Millis): Problem {
  const seconds = ((fromMs - toMs) / 1000).toFixed(1)
  return {
    severity: 'warning',
    code: 'clock-jumped',
    message: `The clock of the source jumped back by ${seconds} s. Timers stood still across the jump.`,
    tip: 'Check that the camera or stream does not restart, and that the recording is not joined from parts.',
  }
}

/** What is said when a drive has had too many critical alerts. */
export const LOCKED_OUT: Problem = {
  severity: 'error',
  code: 'locked-out',
  message: 'Too many critical alerts in this drive.',
  tip: 'Stop where it is safe and take a break. Monitoring goes on; a new drive lifts this notice.',
}

type Words = Pick<Problem, 'message' | 'tip'>

const DOUBT: Readonly<Record<UncertaintyNotice['code'], (seconds: number) => Words>> = {
  'unsure-long': (seconds) => ({
    message: `The models have been unsure about the driver for ${seconds} s. No alert is raised or cleared meanwhile.`,
    tip: 'Check the light in the cabin and that the camera shows the driver from the side.',
  }),
  'camera-poor': (seconds) => ({
    message: `The camera view has been too poor to judge for ${seconds} s.`,
    tip: 'Clean the lens, and check where the camera points and the light in the cabin.',
  }),
}

const BLIND: Readonly<Record<BlindReason, Words & Pick<Problem, 'code'>>> = {
  starting: {
    code: 'camera-starting',
    message: 'No picture has come from the camera yet. Nobody is watching.',
    tip: 'Wait a moment, then check that the camera is connected.',
  },
  'no-frames': {
    code: 'camera-lost',
    message: 'No picture comes from the camera. Nobody is watching.',
    tip: 'Check the cable and that no other program uses the camera.',
  },
  unjudged: {
    code: 'frames-unjudged',
    message: 'Pictures come, but the models do not judge them. Nobody is watching.',
    tip: 'Run `roadward doctor` to see whether the models load.',
  },
  covered: {
    code: 'camera-covered',
    message: 'The camera is covered. Nobody is watching.',
    tip: 'Uncover the lens.',
  },
  dark: {
    code: 'camera-dark',
    message: 'The picture is too dark to see the driver. Nobody is watching.',
    tip: 'Turn on light in the cabin, or use a camera with infrared light.',
  },
  overexposed: {
    code: 'camera-overexposed',
    message: 'The picture is too bright to see the driver. Nobody is watching.',
    tip: 'Shade the camera from direct sun, or lower its exposure.',
  },
  frozen: {
    code: 'camera-frozen',
    message: 'The picture stands still. Nobody is watching.',
    tip: 'Reconnect the camera or restart the stream.',
  },
}
