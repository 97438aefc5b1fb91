import type { Vector3 } from 'three'
import { Quaternion } from 'three'
import type { Driver } from '../model/driver.ts'
import type { HandFrame } from '../model/figure.ts'
import type { Ring, MeshBuilder } from './meshBuilder.ts'
import { v3 } from './meshBuilder.ts'
import { frame } from '../model/kinematics.ts'

interface Turned {
  readonly at: Vector3
  readonly turn: Quaternion
}

/** A round thing along y: pairs of height and radius. */
function lathe(
  mesh: MeshBuilder,
  { at, turn }: Turned,
  profile: readonly (readonly [height: number, radius: number])[],
  colour: number,
  gloss: number,
): void {
  const x = v3(1, 0, 0).applyQuaternion(turn)
  const y = v3(0, 1, 0).applyQuaternion(turn)
  const z = v3(0, 0, 1).applyQuaternion(turn)
  mesh.loft(
    profile.map(([height, radius]): Ring => ({
      at: at.clone().addScaledVector(y, height),
      u: x.clone().multiplyScalar(radius),
      v: z.clone().multiplyScalar(radius),
      paint: { colour, gloss },
    })),
    14,
  )
}

function addPhone(mesh: MeshBuilder, hand: HandFrame, driver: Driver, lit: boolean): void {
  const out = v3(0, 1, 0).applyQuaternion(hand.turn)
  // x along the phone, y out of its screen, which faces away from the palm.
  const turn = frame(hand.axis, out)
  const y = v3(0, 1, 0).applyQuaternion(turn)
  const at = hand.grip.clone().addScaledVector(v3(1, 0, 0).applyQuaternion(turn), 0.012)
  mesh.box(at, v3(0.075, 0.0048, 0.037), { colour: driver.phone, gloss: 0.5 }, turn, 0.5)
  mesh.box(
    at.clone().addScaledVector(y, 0.0042),
    v3(0.07, 0.0012, 0.0335),
    lit ? { colour: 0xcfe4ff, gloss: 0.2, glow: 1 } : { colour: 0x08090b, gloss: 0.9 },
    turn,
  )
  if (!lit) return
  for (const [along, across] of [
    [0.04, 0.01],
    [0.018, -0.008],
    [-0.004, 0.008],
  ] as const) {
    const bubble = v3(along, 0.0056, across).applyQuaternion(turn).add(at)
    mesh.box(bubble, v3(0.007, 0.0006, 0.018), { colour: 0x3d7fd6, glow: 0.9 }, turn)
  }
}

function addCup(mesh: MeshBuilder, hand: HandFrame, driver: Driver): void {
  const turn = new Quaternion().setFromUnitVectors(v3(0, 1, 0), hand.axis.clone().normalize())
  // The hand is on the lower half: the cup reaches the mouth above it.
  const at = hand.grip.clone().addScaledVector(hand.axis, 0.022)
  const place = { at, turn }
  if (driver.cup === 'bottle') {
    const shape = [
      [-0.1, 0.028],
      [-0.095, 0.032],
      [0.04, 0.032],
      [0.075, 0.014],
    ] as const
    lathe(mesh, place, shape, 0x9cc3dd, 0.8)
    lathe(
      mesh,
      place,
      [
        [0.075, 0.014],
        [0.1, 0.013],
      ],
      driver.cupColour,
      0.3,
    )
    lathe(
      mesh,
      place,
      [
        [-0.03, 0.0328],
        [0.02, 0.0328],
      ],
      driver.cupColour,
      0.2,
    )
  } else if (driver.cup === 'mug') {
    lathe(
      mesh,
      place,
      [
        [-0.05, 0.038],
        [0.05, 0.041],
        [0.05, 0.036],
      ],
      driver.cupColour,
      0.5,
    )
  } else {
    lathe(
      mesh,
      place,
      [
        [-0.07, 0.029],
        [0.062, 0.04],
      ],
      driver.cupColour,
      0.15,
    )
    lathe(
      mesh,
      place,
      [
        [0.058, 0.043],
        [0.07, 0.042],
        [0.076, 0.034],
      ],
      0x2a2a2d,
      0.3,
    )
    lathe(
      mesh,
      place,
      [
        [-0.03, 0.0335],
        [0.018, 0.0375],
      ],
      0x9a6b42,
      0.1,
    )
  }
}

function addBrush(mesh: MeshBuilder, hand: HandFrame): void {
  const turn = frame(hand.axis, v3(0, 1, 0).applyQuaternion(hand.turn).negate())
  const along = v3(1, 0, 0).applyQuaternion(turn)
  const handle = { colour: 0x8f2f4f, gloss: 0.4 }
  const at = (part: number): Vector3 => hand.grip.clone().addScaledVector(along, part)
  mesh.tube([at(-0.05), at(0), at(0.06)], [0.008, 0.01, 0.011], [handle], 8)
  mesh.box(at(0.11), v3(0.055, 0.009, 0.026), handle, turn, 0.6)
  const bristle = v3(0, -0.016, 0).applyQuaternion(turn).add(at(0.11))
  mesh.box(bristle, v3(0.048, 0.012, 0.021), { colour: 0x1c1a1a }, turn, 0.3)
}

/** What a hand holds, in the car. A phone at work is lit, a phone at the ear is dark. */
export function addProp(mesh: MeshBuilder, hand: HandFrame, driver: Driver, headAt: Vector3): void {
  switch (hand.hold) {
    case undefined:
      return
    case 'phone':
      addPhone(mesh, hand, driver, hand.grip.distanceTo(headAt) > 0.2)
      return
    case 'cup':
      addCup(mesh, hand, driver)
      return
    case 'brush':
      addBrush(mesh, hand)
      return
    case 'lipstick': {
      const along = hand.axis.clone().normalize()
      const at = (part: number): Vector3 => hand.grip.clone().addScaledVector(along, part)
      mesh.tube([at(-0.03), at(0.02)], [0.009], [{ colour: 0x1a1a1c, gloss: 0.7 }], 8)
      mesh.tube([at(0.02), at(0.042)], [0.007, 0.005], [{ colour: 0xb3202e, gloss: 0.5 }], 8)
    }
  }
}
