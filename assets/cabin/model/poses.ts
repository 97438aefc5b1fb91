import type { ClassId } from '../../../electron/core/labels.ts'
import type { FreeTarget, HandTarget, Pose, RimTarget, Triple } from './pose.ts'
import { mirrorHand } from './pose.ts'
import type { Random } from './random.ts'

const degrees = (angle: number): number => (angle * Math.PI) / 180
const near = (random: Random, [x, y, z]: Triple, by: number): Triple => [
  x + random.bell(-by, by),
  y + random.bell(-by, by),
  z + random.bell(-by, by),
]

const onRim = (angle: number): RimTarget => ({
  space: 'rim',
  angle: degrees(angle),
  elbow: [-0.25, -1, Math.sign(angle || 1) * 0.55],
  curl: 0.92,
  thumb: 0.2,
})

/** The right hand on the rim, mostly between two and four o'clock. */
const rightOnRim = (random: Random): RimTarget => onRim(random.bell(48, 112))
const leftOnRim = (random: Random): RimTarget => onRim(random.bell(-118, -48))

const AHEAD = (random: Random): Pose => ({
  torso: { pitch: degrees(random.bell(-1, 5)), roll: degrees(random.bell(-3, 3)), yaw: 0 },
  head: {
    yaw: degrees(random.bell(-9, 9)),
    pitch: degrees(random.bell(-3, 8)),
    roll: degrees(random.bell(-4, 4)),
  },
  eyes: { yaw: 0, pitch: 0 },
  right: rightOnRim(random),
  left: leftOnRim(random),
  mouth: 0,
  visor: false,
})

/** `lift` keeps the far hand in sight above the near arm. */
const texting = (random: Random, lift: number): FreeTarget => ({
  space: 'hip',
  grip: near(random, [0.235, random.range(0.27, 0.38) + lift, 0.13 - lift], 0.025),
  fingers: [0.35, 0.32, -0.88],
  palm: near(random, [-0.62, 0.7, 0.34], 0.12),
  elbow: [-0.5, -1, 0.45],
  curl: 0.62,
  thumb: 0.75,
  hold: 'phone',
  axis: near(random, [0.62, 0.62, 0.25], 0.15),
  stir: { by: [0.003, 0.006, 0.003], hz: 2.3 },
})

const phoning = (random: Random): FreeTarget => ({
  space: 'head',
  grip: near(random, [0.03, -0.042, 0.098], 0.007),
  fingers: near(random, [-0.6, 0.72, -0.2], 0.08),
  palm: [0.05, 0.05, -1],
  elbow: near(random, [0.85, -1, 0.4], 0.1),
  curl: 0.6,
  thumb: 0.5,
  hold: 'phone',
  axis: near(random, [-0.45, 0.88, 0.05], 0.12),
})

const drinking = (random: Random): FreeTarget => ({
  space: 'head',
  grip: near(random, [0.165, -0.09, 0.012], 0.008),
  fingers: [0.72, 0.25, -0.55],
  palm: [-0.45, 0.05, -0.88],
  elbow: near(random, [0.25, -1, 0.45], 0.12),
  curl: 0.62,
  thumb: 0.6,
  girth: 0.05,
  hold: 'cup',
  axis: near(random, [-0.42, 0.9, 0.02], 0.1),
  stir: { by: [0.006, 0.012, 0], hz: 0.35 },
})

const brushing = (random: Random): FreeTarget => ({
  space: 'head',
  grip: near(random, [0.0, 0.09, 0.115], 0.018),
  fingers: [-0.55, 0.55, -0.5],
  palm: [-0.05, -0.4, -0.9],
  elbow: near(random, [0.95, -0.55, 0.6], 0.15),
  curl: 0.72,
  thumb: 0.3,
  hold: 'brush',
  axis: [-0.92, 0.12, -0.3],
  stir: { by: [-0.03, -0.03, 0.005], hz: 0.9 },
})

const handInHair = (random: Random): FreeTarget => ({
  space: 'head',
  grip: near(random, [0.015, 0.1, 0.075], 0.018),
  fingers: near(random, [-0.6, 0.55, -0.45], 0.12),
  palm: [-0.3, -0.5, -0.8],
  elbow: near(random, [0.95, -0.5, 0.6], 0.15),
  curl: random.range(0.15, 0.4),
  thumb: 0.7,
  stir: { by: [-0.045, 0.02, 0.005], hz: 0.6 },
})

const makeup = (random: Random): FreeTarget => ({
  space: 'head',
  grip: near(random, [0.125, 0.02, 0.07], 0.008),
  fingers: [-0.1, 0.9, -0.38],
  palm: [-0.75, -0.1, -0.6],
  elbow: near(random, [0.75, -0.7, 0.65], 0.15),
  curl: 0.72,
  thumb: 0.55,
  hold: 'lipstick',
  axis: [-0.6, 0.25, -0.75],
  stir: { by: [0, 0.008, 0.012], hz: 1.1 },
})

const radio = (random: Random, stackX: number): FreeTarget => ({
  space: 'car',
  grip: [stackX - 0.07, random.range(0.49, 0.57), random.range(0.31, 0.4)],
  fingers: [0.94, -0.12, -0.1],
  palm: [-0.1, -0.95, -0.25],
  elbow: [-0.2, -1, 0.45],
  curl: 0.62,
  index: 0.12,
  thumb: 0.5,
  stir: { by: [0.02, 0.004, 0.012], hz: 1 },
})

const behind = (random: Random): FreeTarget => ({
  space: 'hip',
  grip: near(random, [-0.5, random.range(0.02, 0.2), 0.45], 0.05),
  fingers: [-0.85, -0.45, 0.2],
  palm: [0.25, -0.9, -0.3],
  elbow: [-0.2, -0.4, 1],
  curl: 0.35,
  thumb: 0.6,
  stir: { by: [0.03, 0.02, 0.015], hz: 0.8 },
})

const gesture = (random: Random): FreeTarget => ({
  space: 'hip',
  grip: near(random, [0.22, 0.36, 0.33], 0.05),
  fingers: [0.62, 0.35, 0.62],
  palm: [-0.35, 0.8, -0.15],
  elbow: [-0.4, -1, 0.5],
  curl: random.range(0.1, 0.35),
  thumb: 0.85,
  stir: { by: [0.03, 0.045, 0.03], hz: 0.7 },
})

const onThigh = (random: Random): FreeTarget => ({
  space: 'hip',
  grip: near(random, [0.3, 0.155, 0.15], 0.02),
  fingers: [0.9, 0.15, -0.25],
  palm: [0.1, -1, 0],
  elbow: [-0.5, -0.8, 0.6],
  curl: 0.3,
  thumb: 0.4,
})

const turned = (pose: Pose, head: Partial<Pose['head']>, random: Random): Pose => ({
  ...pose,
  head: {
    yaw: degrees((head.yaw ?? 0) + random.bell(-6, 6)),
    pitch: degrees((head.pitch ?? 0) + random.bell(-5, 5)),
    roll: degrees((head.roll ?? 0) + random.bell(-4, 4)),
  },
})

const leaning = (pose: Pose, pitch: number, roll: number, yaw: number): Pose => ({
  ...pose,
  torso: { pitch: degrees(pitch), roll: degrees(roll), yaw: degrees(yaw) },
})

const holding = (pose: Pose, side: 'left' | 'right', hand: FreeTarget): Pose => {
  const target: HandTarget = side === 'right' ? hand : mirrorHand(hand)
  return side === 'right' ? { ...pose, right: target } : { ...pose, left: target }
}

const groomed = (pose: Pose, random: Random): Pose => {
  switch (random.weighted({ brush: 0.46, hair: 0.36, makeup: 0.18 })) {
    case 'brush':
      return holding(
        turned(pose, { yaw: 10, pitch: 4, roll: 5 }, random),
        'right',
        brushing(random),
      )
    case 'hair':
      return holding(
        turned(pose, { yaw: 6, pitch: 2, roll: 6 }, random),
        'right',
        handInHair(random),
      )
    case 'makeup':
      return {
        ...holding(turned(pose, { yaw: 4, pitch: -10 }, random), 'right', makeup(random)),
        visor: true,
      }
  }
}

/** A hand at the console or the door, where things are picked up and put down. */
export const FETCH: FreeTarget = {
  space: 'hip',
  grip: [0.2, 0.16, 0.21],
  fingers: [0.85, -0.3, 0.1],
  palm: [0.05, -1, -0.1],
  elbow: [-0.5, -1, 0.5],
  curl: 0.5,
  thumb: 0.4,
}

/** One way to act a state: two calls on one stream give two different ways. */
export function poseOf(state: ClassId, stackX: number, random: Random): Pose {
  const pose = AHEAD(random)
  switch (state) {
    case 'c0':
      return random.chance(0.12) ? { ...pose, right: onThigh(random) } : pose
    case 'c1':
      return holding(turned(pose, { yaw: 9, pitch: 26 }, random), 'right', texting(random, 0))
    case 'c2':
      return holding(turned(pose, { yaw: 2, roll: 5 }, random), 'right', phoning(random))
    case 'c3':
      return holding(turned(pose, { yaw: -4, pitch: 26 }, random), 'left', texting(random, 0.09))
    case 'c4':
      return holding(turned(pose, { yaw: 16, roll: -5 }, random), 'left', phoning(random))
    case 'c5': {
      const leant = leaning(pose, random.bell(9, 14), random.bell(7, 12), random.bell(0, 6))
      return {
        ...turned(leant, { yaw: 28, pitch: 18 }, random),
        right: radio(random, stackX),
      }
    }
    case 'c6':
      return holding(
        turned(pose, { pitch: -7 }, random),
        random.chance(0.85) ? 'right' : 'left',
        drinking(random),
      )
    case 'c7': {
      const twisted = leaning(pose, random.bell(0, 7), random.bell(12, 20), random.bell(32, 46))
      return { ...turned(twisted, { yaw: 100, pitch: 24, roll: 6 }, random), right: behind(random) }
    }
    case 'c8':
      return groomed(pose, random)
    case 'c9': {
      const facing = turned(leaning(pose, 1, 2, 8), { yaw: 72, pitch: 4 }, random)
      return {
        ...facing,
        mouth: random.range(0.2, 1),
        ...(random.chance(0.6) && { right: gesture(random) }),
      }
    }
  }
}
