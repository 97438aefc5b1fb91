import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { randomCabin } from '../../../assets/cabin/model/cabin.ts'
import { randomDriver } from '../../../assets/cabin/model/driver.ts'
import type { Figure } from '../../../assets/cabin/model/figure.ts'
import { solveFigure, wheelFrame } from '../../../assets/cabin/model/figure.ts'
import type { Pose } from '../../../assets/cabin/model/pose.ts'
import { mirrorHand } from '../../../assets/cabin/model/pose.ts'
import { poseOf } from '../../../assets/cabin/model/poses.ts'
import { seededRandom } from '../../../assets/cabin/model/random.ts'
import { CLASSES } from '../../../electron/core/labels.ts'
import type { ClassId } from '../../../electron/core/labels.ts'

interface Seated {
  readonly pose: Pose
  readonly figure: Figure
  /** Distance of a hand from the steering wheel's rim. */
  readonly fromRim: (side: 'left' | 'right') => number
}

const people = (state: ClassId): Seated[] =>
  Array.from({ length: 40 }, (_, index) => {
    const random = seededRandom(`poses/${index}`)
    const cabin = randomCabin(random.fork('cabin'))
    const driver = randomDriver(random.fork('driver'))
    const pose = poseOf(state, cabin.stackX, random.fork(state))
    const figure = solveFigure(pose, pose, 0, { driver, cabin, steering: 0 }, 0)
    const { centre, toDriver } = wheelFrame(cabin)
    return {
      pose,
      figure,
      fromRim: (side) => {
        const out = figure[side].hand.grip.clone().sub(centre)
        const height = out.dot(toDriver)
        const across = out.addScaledVector(toDriver, -height).length() - cabin.wheel.radius
        return Math.hypot(height, across)
      },
    }
  })

describe('the ten states', () => {
  it.each(CLASSES)('%s is within reach of every body in every seat', (state) => {
    for (const { figure } of people(state)) {
      // Reaching behind ends where the arm ends; every other hand arrives.
      expect(figure.left.missed).toBeLessThan(0.06)
      if (state !== 'c7') expect(figure.right.missed).toBeLessThan(0.06)
    }
  })

  it('safe driving keeps the left hand on the wheel and the face to the road', () => {
    for (const { pose, fromRim } of people('c0')) {
      expect(fromRim('left')).toBeLessThan(0.06)
      expect(Math.abs(pose.head.yaw)).toBeLessThan(0.2)
      expect(pose.right.hold ?? pose.left.hold).toBeUndefined()
    }
  })

  it.each([
    ['c1', 'right'],
    ['c3', 'left'],
  ] as const)('%s holds the phone low in the %s hand, eyes on it', (state, side) => {
    for (const { pose, figure } of people(state)) {
      expect(pose[side].hold).toBe('phone')
      expect(figure[side].hand.grip.distanceTo(figure.head.at)).toBeGreaterThan(0.3)
      expect(pose.head.pitch).toBeGreaterThan(0.3)
    }
  })

  it.each([
    ['c2', 'right'],
    ['c4', 'left'],
  ] as const)('%s holds the phone to the %s ear', (state, side) => {
    for (const { pose, figure } of people(state)) {
      expect(pose[side].hold).toBe('phone')
      const inHead = figure[side].hand.grip
        .clone()
        .sub(figure.head.at)
        .applyQuaternion(figure.head.turn.clone().invert())
      expect(Math.sign(inHead.z)).toBe(side === 'right' ? 1 : -1)
      expect(inHead.length()).toBeLessThan(0.15)
    }
  })

  it('the radio is worked by the right hand, leaning to the middle of the car', () => {
    for (const { figure } of people('c5')) {
      expect(figure.right.hand.grip.x).toBeGreaterThan(0.3)
      expect(figure.right.hand.grip.z).toBeGreaterThan(0.25)
    }
  })

  it('drinking brings the cup to the mouth', () => {
    for (const { pose, figure } of people('c6')) {
      const side = pose.right.hold === 'cup' ? 'right' : 'left'
      expect(pose[side].hold).toBe('cup')
      const mouth = new Vector3(0.1, -0.055, 0).applyQuaternion(figure.head.turn)
      expect(figure[side].hand.grip.distanceTo(mouth.add(figure.head.at))).toBeLessThan(0.14)
    }
  })

  it('reaching behind goes behind the seat, and the face goes along', () => {
    for (const { pose, figure } of people('c7')) {
      expect(figure.right.hand.grip.x).toBeLessThan(-0.2)
      expect(pose.head.yaw).toBeGreaterThan(1.3)
    }
  })

  it('hair and makeup keep a hand at the head, above the chin', () => {
    for (const { figure } of people('c8')) {
      expect(figure.right.hand.grip.y).toBeGreaterThan(figure.head.at.y - 0.02)
      expect(figure.right.hand.grip.distanceTo(figure.head.at)).toBeLessThan(0.2)
    }
  })

  it('talking turns the face to the passenger and leaves a hand on the wheel', () => {
    for (const { pose, fromRim } of people('c9')) {
      expect(pose.head.yaw).toBeGreaterThan(0.9)
      expect(fromRim('left')).toBeLessThan(0.06)
    }
  })

  it('are acted in another way on another stream', () => {
    const acted = (seed: string): Pose => poseOf('c8', 0.47, seededRandom(seed))
    expect(acted('a')).toEqual(acted('a'))
    expect(acted('a')).not.toEqual(acted('b'))
  })
})

describe('a mirrored hand', () => {
  it('mirrored twice is itself', () => {
    for (const state of CLASSES) {
      const { right } = poseOf(state, 0.47, seededRandom(state))
      expect(mirrorHand(mirrorHand(right))).toEqual(right)
    }
  })
})
