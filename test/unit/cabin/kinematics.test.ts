import fc from 'fast-check'
import { Vector3 } from 'three'
import { describe, expect, it } from 'vitest'
import { frame, twoBones } from '../../../assets/cabin/model/kinematics.ts'

const UPPER = 0.28
const LOWER = 0.265
const metre = fc.double({ min: -1, max: 1, noNaN: true })
const point = fc.tuple(metre, metre, metre).map(([x, y, z]) => new Vector3(x, y, z))

describe('two bones', () => {
  it('keep their lengths wherever the hand is sent', () => {
    fc.assert(
      fc.property(point, point, point, (root, target, pole) => {
        const { joint, end } = twoBones(root, target, pole, UPPER, LOWER)
        expect(joint.distanceTo(root)).toBeCloseTo(UPPER, 6)
        expect(end.distanceTo(joint)).toBeCloseTo(LOWER, 6)
      }),
    )
  })

  it('reach what can be reached, and say by how much they miss the rest', () => {
    const down = new Vector3(0, -1, 0)
    const near = twoBones(new Vector3(), new Vector3(0.4, 0, 0), down, UPPER, LOWER)
    expect(near.missed).toBe(0)
    expect(near.end.x).toBeCloseTo(0.4)
    const far = twoBones(new Vector3(), new Vector3(2, 0, 0), down, UPPER, LOWER)
    expect(far.missed).toBeCloseTo(2 - (UPPER + LOWER) * 0.995)
    expect(far.end.y).toBeCloseTo(0)
  })

  it('bend the elbow to the side of the pole', () => {
    const target = new Vector3(0.4, 0, 0)
    const down = twoBones(new Vector3(), target, new Vector3(0, -1, 0), UPPER, LOWER)
    const up = twoBones(new Vector3(), target, new Vector3(0.3, 1, 0), UPPER, LOWER)
    expect(down.joint.y).toBeLessThan(-0.1)
    expect(up.joint.y).toBeGreaterThan(0.1)
  })
})

describe('a frame', () => {
  it('looks forward and keeps its palm as near as a right angle allows', () => {
    const turn = frame(new Vector3(0, 0, 2), new Vector3(0, 1, 1))
    const x = new Vector3(1, 0, 0).applyQuaternion(turn)
    const y = new Vector3(0, 1, 0).applyQuaternion(turn)
    expect(x.z).toBeCloseTo(1)
    expect(y.y).toBeCloseTo(1)
  })
})
