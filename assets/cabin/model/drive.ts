import { DEMO_CABIN, randomCabin } from './cabin.ts'
import { DEMO_DRIVER, randomDriver } from './driver.ts'
import { alive, ease, glancing, roadShake, steeringAt } from './motion.ts'
import { mixPose } from './figure.ts'
import type { HandTarget, Pose, Prop } from './pose.ts'
import { mirrorHand } from './pose.ts'
import { FETCH, poseOf } from './poses.ts'
import { hash, seededRandom } from './random.ts'
import type { Script } from './script.ts'
import type { Shot } from './shot.ts'
import { DEMO_LIGHT, DEMO_VIEW, randomLight, randomView } from './view.ts'

/** From one pose to the next, half of it before the scripted time. */
const CHANGE_MS = 900
/** A head turns to a mirror in a quarter of a second. */
const TURN_MS = 250
const COVER_MS = 400
const DARKEN_MS = 250
/** What the sensor still gets in a tunnel without lamps. */
const DARKNESS = 0.003

type Cast = Pick<Shot, 'driver' | 'cabin' | 'view' | 'light'>

function castOf(script: Script): Cast {
  if (script.cast === 'demo') {
    return { driver: DEMO_DRIVER, cabin: DEMO_CABIN, view: DEMO_VIEW, light: DEMO_LIGHT }
  }
  const random = seededRandom(script.seed)
  return {
    driver: randomDriver(random.fork('driver')),
    cabin: randomCabin(random.fork('cabin')),
    view: randomView(random.fork('view')),
    light: { ...randomLight(script.light ?? 'day', random.fork('light')), quality: 0.95 },
  }
}

/** 0 outside a stretch, 1 inside, with soft edges of `rampMs` within it. */
function within(
  stretches: readonly { readonly fromMs: number; readonly toMs: number }[],
  tMs: number,
  rampMs: number,
): number {
  return stretches.reduce((most, { fromMs, toMs }) => {
    const part = Math.min((tMs - fromMs) / rampMs, (toMs - tMs) / rampMs)
    return Math.max(most, ease(part))
  }, 0)
}

const fetching = (side: 'left' | 'right', hold: Prop | undefined): HandTarget => {
  const hand = side === 'right' ? FETCH : mirrorHand(FETCH)
  return hold ? { ...hand, hold, axis: [0.3, 1, 0] } : hand
}

/**
 * The pose half way of a change, with what `of` holds: a hand that takes or leaves a thing goes by
 * the console, so that nothing appears in mid-air.
 */
function halfWay(a: Pose, b: Pose, of: Pose): Pose {
  const hand = (side: 'left' | 'right'): Partial<Pose> =>
    a[side].hold === b[side].hold ? {} : { [side]: fetching(side, of[side].hold) }
  return {
    ...mixPose(a, b, 0.5),
    right: of.right,
    left: of.left,
    ...hand('left'),
    ...hand('right'),
  }
}

function change(a: Pose, b: Pose, part: number): Pick<Shot, 'from' | 'to' | 'part'> {
  if (a.right.hold === b.right.hold && a.left.hold === b.left.hold) {
    return { from: a, to: b, part: ease(part) }
  }
  return part < 0.5
    ? { from: a, to: halfWay(a, b, a), part: ease(part * 2) }
    : { from: halfWay(a, b, b), to: b, part: ease(part * 2 - 1) }
}

/** A drive as a function of time. */
export interface Drive {
  readonly frames: number
  readonly shotAt: (tMs: number) => Shot
}

/** Casts and directs a script. */
export function directDrive(script: Script): Drive {
  const cast = castOf(script)
  const seed = hash(script.seed) % 9973
  const random = seededRandom(script.seed)
  const poses = script.segments.map((segment, index) =>
    poseOf(segment.class, cast.cabin.stackX, random.fork(segment.take ?? `take-${index}`)),
  )
  const poseAt = (index: number, tMs: number): Pose => {
    const pose = poses[index]
    if (!pose) throw new Error(`the drive has no segment ${index}`)
    const lively = alive(pose, seed + index, tMs / 1000)
    const glance = script.glances.find(({ fromMs, toMs }) => fromMs <= tMs && tMs < toMs)
    return glance ? glancing(lively, glance.kind, within([glance], tMs, TURN_MS)) : lively
  }
  const actAt = (tMs: number): Pick<Shot, 'from' | 'to' | 'part'> => {
    const last = script.segments.length - 1
    const found = script.segments.findIndex(({ toMs }) => tMs < toMs)
    const index = found < 0 ? last : found
    const segment = script.segments[index]
    if (!segment) throw new Error('the drive has no segments')
    const sinceMs = tMs - segment.fromMs + CHANGE_MS / 2
    const untilMs = segment.toMs - tMs
    if (index > 0 && sinceMs < CHANGE_MS) {
      return change(poseAt(index - 1, tMs), poseAt(index, tMs), sinceMs / CHANGE_MS)
    }
    if (index < last && untilMs < CHANGE_MS / 2) {
      return change(poseAt(index, tMs), poseAt(index + 1, tMs), 0.5 - untilMs / CHANGE_MS)
    }
    const pose = poseAt(index, tMs)
    return { from: pose, to: pose, part: 0 }
  }
  const durationMs = script.segments.at(-1)?.toMs ?? 0
  return {
    frames: Math.round((durationMs * script.fps) / 1000),
    shotAt: (tMs) => {
      const tS = tMs / 1000
      return {
        ...cast,
        ...actAt(tMs),
        tS,
        travelM: tS * cast.light.outside.speed,
        steering: steeringAt(seed, tS),
        shake: roadShake(seed, tS),
        cover: within(script.covered, tMs, COVER_MS),
        bright: 1 - (1 - DARKNESS) * within(script.dark, tMs, DARKEN_MS),
        mirrored: false,
        grainSeed: Math.round(tS * script.fps) * 7.31,
        width: script.width,
        height: script.height,
      }
    },
  }
}

/** Every picture of a drive, in order. */
export function* framesOf(script: Script): Generator<Shot> {
  const drive = directDrive(script)
  for (let frame = 0; frame < drive.frames; frame += 1) {
    yield drive.shotAt((frame * 1000) / script.fps)
  }
}
