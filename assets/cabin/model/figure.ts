import { Quaternion, Vector3 } from 'three'
import type { Cabin } from './cabin.ts'
import type { Driver } from './driver.ts'
import { frame, twoBones } from './kinematics.ts'
import type { HandTarget, Pose, Prop, Triple } from './pose.ts'

/** Lengths of a 1.75 m body, metres; State Farm drivers are between 0.92 and 1.07 of it. */
const BODY = {
  spine: 0.5,
  shoulderAt: 0.89,
  shoulderHalf: 0.185,
  neck: 0.055,
  headUp: 0.106,
  headForward: 0.034,
  upperArm: 0.28,
  forearm: 0.265,
  /** From the wrist to where the fingers close. */
  grip: 0.088,
  /** From the middle of the palm to what it holds. */
  palm: 0.03,
  hipHalf: 0.095,
  thigh: 0.45,
  shin: 0.44,
} as const

export interface HandFrame {
  readonly wrist: Vector3
  /** x along the fingers, y out of the palm. */
  readonly turn: Quaternion
  readonly curl: number
  readonly index: number
  readonly thumb: number
  readonly girth: number
  readonly hold: Prop | undefined
  /** Where a held thing is and along which line it lies, in the car. */
  readonly grip: Vector3
  readonly axis: Vector3
}

export interface ArmFrame {
  readonly shoulder: Vector3
  readonly elbow: Vector3
  readonly hand: HandFrame
  readonly missed: number
}

/** Every joint of the driver in the car's metres. */
export interface Figure {
  /** Points and rotations from the hips (0) to the base of the neck (last). */
  readonly spine: readonly { readonly at: Vector3; readonly turn: Quaternion }[]
  readonly neck: Vector3
  readonly head: { readonly at: Vector3; readonly turn: Quaternion }
  readonly eyes: Pose['eyes']
  readonly mouth: number
  readonly visor: boolean
  readonly right: ArmFrame
  readonly left: ArmFrame
  readonly knees: readonly [Vector3, Vector3]
  readonly feet: readonly [Vector3, Vector3]
}

/** What the joints depend on besides the pose. */
export interface Seat {
  readonly driver: Driver
  readonly cabin: Cabin
  /** Steering angle, radians: hands on the rim go with it. */
  readonly steering: number
}

const X = new Vector3(1, 0, 0)
const Y = new Vector3(0, 1, 0)
const Z = new Vector3(0, 0, 1)
const turnBy = (axis: Vector3, angle: number): Quaternion =>
  new Quaternion().setFromAxisAngle(axis, angle)
const vector = ([x, y, z]: Triple): Vector3 => new Vector3(x, y, z)
const SEGMENTS = 8

/** The steering wheel's own axes in the car. */
export function wheelFrame({ wheel }: Cabin): { centre: Vector3; up: Vector3; toDriver: Vector3 } {
  return {
    centre: new Vector3(wheel.x, wheel.y, 0),
    up: new Vector3(Math.sin(wheel.tilt), Math.cos(wheel.tilt), 0),
    toDriver: new Vector3(-Math.cos(wheel.tilt), Math.sin(wheel.tilt), 0),
  }
}

function spineOf(pose: Pose, { driver, cabin }: Seat): Figure['spine'] {
  const { pitch, roll, yaw } = pose.torso
  const pelvis = turnBy(Z, cabin.recline * 0.75)
  const chest = turnBy(Z, cabin.recline - pitch)
    .multiply(turnBy(X, roll))
    .multiply(turnBy(Y, -yaw))
  const at = new Vector3(cabin.hip.x, cabin.hip.y, 0)
  const step = (BODY.spine * driver.scale) / SEGMENTS
  const spine = [{ at: at.clone(), turn: pelvis.clone() }]
  for (let index = 1; index <= SEGMENTS; index += 1) {
    const part = Math.min(1, index / (SEGMENTS * 0.8))
    const turn = pelvis.clone().slerp(chest, part * part * (3 - 2 * part))
    at.add(Y.clone().multiplyScalar(step).applyQuaternion(turn))
    spine.push({ at: at.clone(), turn })
  }
  return spine
}

type Resolved = Omit<HandFrame, 'wrist'> & { readonly pole: Vector3 }

function resolve(target: HandTarget, head: Figure['head'], seat: Seat, t: number): Resolved {
  const { cabin, driver } = seat
  const stir = target.stir
  const sway = stir
    ? vector(stir.by).multiplyScalar(Math.sin(2 * Math.PI * stir.hz * t))
    : undefined
  const shape = {
    pole: vector(target.elbow),
    curl: target.curl,
    index: target.index ?? target.curl,
    thumb: target.thumb ?? 0.4,
    girth: target.girth ?? BODY.palm,
    hold: target.hold,
  }
  if (target.space === 'rim') {
    const { centre, up, toDriver } = wheelFrame(cabin)
    const angle = target.angle + seat.steering
    const radial = up.multiplyScalar(Math.cos(angle)).addScaledVector(Z, Math.sin(angle))
    const tangent = radial.clone().cross(toDriver)
    return {
      ...shape,
      grip: centre.addScaledVector(radial, cabin.wheel.radius),
      turn: frame(toDriver.negate().addScaledVector(radial, -0.25), radial.clone().negate()),
      axis: tangent,
    }
  }
  const inHead = target.space === 'head'
  const turn = inHead ? head.turn : new Quaternion()
  const scale = target.space === 'car' ? 1 : driver.scale
  const origin = inHead
    ? head.at
    : target.space === 'hip'
      ? new Vector3(cabin.hip.x, cabin.hip.y, 0)
      : new Vector3()
  const grip = vector(target.grip)
  if (sway) grip.add(sway)
  const fingers = vector(target.fingers).applyQuaternion(turn)
  const palm = vector(target.palm).applyQuaternion(turn)
  return {
    ...shape,
    grip: grip.multiplyScalar(scale).applyQuaternion(turn).add(origin),
    turn: frame(fingers, palm),
    axis: vector(target.axis ?? [0, 1, 0])
      .applyQuaternion(turn)
      .normalize(),
  }
}

const mix = (a: number, b: number, part: number): number => a + (b - a) * part

function between(a: Resolved, b: Resolved, part: number): Resolved {
  return {
    pole: a.pole.lerp(b.pole, part),
    curl: mix(a.curl, b.curl, part),
    index: mix(a.index, b.index, part),
    thumb: mix(a.thumb, b.thumb, part),
    girth: mix(a.girth, b.girth, part),
    // A thing is in the hand on the whole way to and from its pose: nothing appears in mid-air.
    hold: a.hold ?? b.hold,
    grip: a.grip.lerp(b.grip, part),
    turn: a.turn.slerp(b.turn, part),
    axis: (a.hold ? a.axis : b.axis).clone(),
  }
}

function arm(side: 1 | -1, hand: Resolved, spine: Figure['spine'], scale: number): ArmFrame {
  const at = (spine.length - 1) * BODY.shoulderAt
  const low = spine[Math.floor(at)]
  const high = spine[Math.ceil(at)]
  if (!low || !high) throw new Error('the spine is too short for shoulders')
  const shoulder = low.at.clone().lerp(high.at, at - Math.floor(at))
  shoulder.addScaledVector(Z.clone().applyQuaternion(high.turn), side * BODY.shoulderHalf * scale)
  const back = new Vector3(-BODY.grip * scale, -hand.girth, 0).applyQuaternion(hand.turn)
  const wrist = hand.grip.clone().add(back)
  const reach = wrist.clone().sub(shoulder)
  // The collar bone follows a long reach and gives way to a hand at the ear.
  const stretch = reach.length() - 0.42 * scale
  const cramped = Math.min(0, reach.length() - 0.22 * scale)
  const shift = stretch > 0 ? Math.min(0.05, stretch * 0.35) : cramped * 0.4
  shoulder.addScaledVector(reach.normalize(), shift)
  const limb = twoBones(shoulder, wrist, hand.pole, BODY.upperArm * scale, BODY.forearm * scale)
  const short = limb.end.clone().sub(wrist)
  return {
    shoulder,
    elbow: limb.joint,
    hand: { ...hand, wrist: limb.end, grip: hand.grip.clone().add(short) },
    missed: limb.missed,
  }
}

/** The pose between `a` (part 0) and `b` (part 1): angles only; hands are blended in the car. */
export function mixPose(a: Pose, b: Pose, part: number): Pose {
  const angles = <K extends string>(
    from: Readonly<Record<K, number>>,
    to: Readonly<Record<K, number>>,
    keys: readonly K[],
  ): Record<K, number> =>
    Object.fromEntries(keys.map((key) => [key, mix(from[key], to[key], part)])) as Record<K, number>
  return {
    ...(part < 0.5 ? a : b),
    torso: angles(a.torso, b.torso, ['pitch', 'roll', 'yaw']),
    head: angles(a.head, b.head, ['pitch', 'roll', 'yaw']),
    eyes: angles(a.eyes, b.eyes, ['pitch', 'yaw']),
    mouth: mix(a.mouth, b.mouth, part),
  }
}

/** Poses the body: from `a` to `b` by `part`, `t` seconds into the hands' small movements. */
export function solveFigure(a: Pose, b: Pose, part: number, seat: Seat, t: number): Figure {
  const pose = mixPose(a, b, part)
  const { scale } = seat.driver
  const spine = spineOf(pose, seat)
  const top = spine.at(-1)
  if (!top) throw new Error('the spine has no top')
  const turn = turnBy(Y, -pose.head.yaw)
    .multiply(turnBy(Z, -pose.head.pitch))
    .multiply(turnBy(X, pose.head.roll))
  const stem = Y.clone().applyQuaternion(top.turn.clone().slerp(turn, 0.5))
  const neck = top.at.clone().addScaledVector(stem, BODY.neck * scale)
  const up = new Vector3(BODY.headForward, BODY.headUp, 0).multiplyScalar(scale)
  const head = { at: neck.clone().add(up.applyQuaternion(turn)), turn }
  const hand = (side: 'left' | 'right'): Resolved => {
    const from = resolve(a[side], head, seat, t)
    return a === b ? from : between(from, resolve(b[side], head, seat, t), part)
  }
  const leg = (side: 1 | -1): readonly [Vector3, Vector3] => {
    const hip = new Vector3(seat.cabin.hip.x, seat.cabin.hip.y - 0.01, side * BODY.hipHalf * scale)
    const foot = new Vector3(seat.cabin.hip.x + 0.72 * scale, 0.1, side * 0.14)
    const pole = new Vector3(0.3, 1, side * 0.18)
    const limb = twoBones(hip, foot, pole, BODY.thigh * scale, BODY.shin * scale)
    return [limb.joint, limb.end]
  }
  const [rightKnee, rightFoot] = leg(1)
  const [leftKnee, leftFoot] = leg(-1)
  return {
    spine,
    neck,
    head,
    eyes: pose.eyes,
    mouth: pose.mouth,
    visor: pose.visor,
    right: arm(1, hand('right'), spine, scale),
    left: arm(-1, hand('left'), spine, scale),
    knees: [rightKnee, leftKnee],
    feet: [rightFoot, leftFoot],
  }
}
