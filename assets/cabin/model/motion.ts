import type { HandTarget, Pose } from './pose.ts'
import { smoothNoise } from './random.ts'

/** A look away from the road that is over before it is a danger. */
export type Glance = 'left-mirror' | 'inner-mirror' | 'instruments' | 'passenger'

/** Head yaw and pitch of each glance, radians; the eyes go further than the head. */
const GLANCES: Readonly<Record<Glance, readonly [yaw: number, pitch: number]>> = {
  'left-mirror': [-0.6, 0.05],
  'inner-mirror': [0.42, -0.14],
  instruments: [0.08, 0.34],
  passenger: [0.85, 0.06],
}

/** 0 to 1 with a soft start and a soft end. */
export function ease(part: number): number {
  const clamped = Math.min(1, Math.max(0, part))
  return clamped * clamped * (3 - 2 * clamped)
}

const shiftHand = (hand: HandTarget, seed: number, tS: number): HandTarget => {
  if (hand.space === 'rim') {
    return { ...hand, angle: hand.angle + 0.035 * smoothNoise(seed, tS * 0.4) }
  }
  const by = hand.space === 'head' ? 0.004 : 0.009
  const drift = (axis: number): number => by * smoothNoise(seed + axis, tS * 0.7)
  const [x, y, z] = hand.grip
  return { ...hand, grip: [x + drift(1), y + drift(2), z + drift(3)] }
}

/**
 * The small life in a pose at a time: breathing, a head that never stands still, hands that
 * settle, eyes that check the road, a mouth that talks when it was open.
 */
export function alive(pose: Pose, seed: number, tS: number): Pose {
  const noise = (channel: number, hz: number): number => smoothNoise(seed * 31 + channel, tS * hz)
  const breath = Math.sin(tS * 1.6 + seed)
  const talk = pose.mouth > 0 ? Math.abs(noise(9, 4)) : 0
  return {
    ...pose,
    torso: {
      pitch: pose.torso.pitch + 0.006 * breath + 0.015 * noise(1, 0.3),
      roll: pose.torso.roll + 0.014 * noise(2, 0.35),
      yaw: pose.torso.yaw + 0.015 * noise(3, 0.3),
    },
    head: {
      yaw: pose.head.yaw + 0.06 * noise(4, 0.5) + 0.01 * noise(14, 2),
      pitch: pose.head.pitch + 0.04 * noise(5, 0.5) + 0.01 * noise(15, 2.2),
      roll: pose.head.roll + 0.035 * noise(6, 0.4),
    },
    eyes: {
      yaw: pose.eyes.yaw + 0.3 * noise(7, 1.3),
      pitch: pose.eyes.pitch + 0.12 * noise(8, 1.1),
    },
    right: shiftHand(pose.right, seed + 100, tS),
    left: shiftHand(pose.left, seed + 200, tS),
    mouth: pose.mouth > 0 ? 0.15 + talk * 0.85 : 0,
  }
}

/** The pose with the head turned to a glance, `part` of the way. */
export function glancing(pose: Pose, glance: Glance, part: number): Pose {
  const [yaw, pitch] = GLANCES[glance]
  const go = ease(part)
  return {
    ...pose,
    head: {
      ...pose.head,
      yaw: pose.head.yaw * (1 - go) + yaw * go,
      pitch: pose.head.pitch * (1 - go) + pitch * go,
    },
    eyes: { yaw: pose.eyes.yaw + yaw * 0.35 * go, pitch: pose.eyes.pitch + pitch * 0.35 * go },
  }
}

/** What the road does to the camera: metres up, metres forward, radians of roll. */
export function roadShake(seed: number, tS: number): [number, number, number] {
  return [
    0.0011 * smoothNoise(seed + 11, tS * 9) + 0.0018 * smoothNoise(seed + 12, tS * 1.7),
    0.0008 * smoothNoise(seed + 13, tS * 7),
    0.0012 * smoothNoise(seed + 14, tS * 6),
  ]
}

/** Steering corrections, radians. */
export const steeringAt = (seed: number, tS: number): number =>
  0.1 * smoothNoise(seed + 21, tS * 0.22) + 0.03 * smoothNoise(seed + 22, tS * 0.9)
