import type { Vector3 } from 'three'
import type { Driver } from '../model/driver.ts'
import type { HandFrame } from '../model/figure.ts'
import type { Ring, MeshBuilder } from './meshBuilder.ts'
import { v3 } from './meshBuilder.ts'

/** Lengths of a finger's three bones, metres. */
const BONES = [0.043, 0.026, 0.021] as const
/** How far each joint bends when the hand is a fist, radians. */
const BENDS = [1.25, 1.65, 0.95] as const
/** Place across the palm and length of index to little finger. */
const FINGERS = [
  [0.031, 0.96],
  [0.01, 1.05],
  [-0.011, 0.99],
  [-0.031, 0.8],
] as const

/** A hand of palm, four fingers of three bones and a thumb; `side` 1 is the right hand. */
export function addHand(mesh: MeshBuilder, hand: HandFrame, side: 1 | -1, driver: Driver): void {
  const size = driver.scale * 1.04
  const paint = { colour: driver.skin, gloss: driver.dummy ? 0.25 : 0.1 }
  /** Hand axes: x to the fingertips, y out of the palm, z to the thumb. */
  const place = (x: number, y: number, z: number): Vector3 =>
    v3(x * size, y * size, z * side * size)
      .applyQuaternion(hand.turn)
      .add(hand.wrist)
  const y = v3(0, 1, 0).applyQuaternion(hand.turn)
  const z = v3(0, 0, side).applyQuaternion(hand.turn)
  const palm = (x: number, wide: number, thick: number): Ring => ({
    at: place(x, 0.002, 0),
    u: z.clone().multiplyScalar(wide * size),
    v: y.clone().multiplyScalar(thick * size),
    paint,
    power: 2.8,
  })
  mesh.loft(
    [
      palm(-0.012, 0.025, 0.02),
      palm(0.02, 0.034, 0.018),
      palm(0.06, 0.042, 0.016),
      palm(0.085, 0.042, 0.013),
      palm(0.097, 0.038, 0.009),
    ],
    10,
  )
  FINGERS.forEach(([across, length], index) => {
    const curl = index === 0 ? hand.index : hand.curl
    const points = [place(0.078, 0.002, across)]
    let [x, up, angle] = [0.092, 0.002, 0]
    points.push(place(x, up, across))
    BONES.forEach((bone, joint) => {
      angle += (BENDS[joint] ?? 0) * curl + 0.06
      x += Math.cos(angle) * bone * length
      up += Math.sin(angle) * bone * length
      points.push(place(x, up, across * (1 - 0.1 * curl)))
    })
    mesh.tube(
      points,
      [0.0105, 0.0108, 0.0098, 0.0088, 0.0062].map((r) => r * size),
      [paint],
      7,
    )
  })
  const off = hand.thumb
  const thumb = [
    place(0.02, 0.004, 0.022),
    place(0.045, 0.012 + 0.006 * off, 0.042 + 0.006 * off),
    place(0.072 - 0.008 * off, 0.026 + 0.006 * off, 0.05 + 0.012 * off),
    place(0.098 - 0.02 * off, 0.034 + 0.01 * off, 0.047 + 0.016 * off),
  ]
  mesh.tube(
    thumb,
    [0.016, 0.0145, 0.012, 0.008].map((r) => r * size),
    [paint],
    7,
  )
}
