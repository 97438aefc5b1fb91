import type { Vector3 } from 'three'
import { Quaternion } from 'three'
import type { Cabin } from '../model/cabin.ts'
import type { Ring, MeshBuilder } from './meshBuilder.ts'
import { v3 } from './meshBuilder.ts'

/** Height along the back, half width, half depth, shift backwards. */
const BACK = [
  [-0.12, 0.21, 0.05, 0.02],
  [-0.04, 0.245, 0.085, 0.01],
  [0.1, 0.25, 0.09, 0.005],
  [0.28, 0.245, 0.082, 0.008],
  [0.44, 0.24, 0.075, 0.012],
  [0.56, 0.215, 0.066, 0.018],
  [0.62, 0.17, 0.05, 0.025],
  [0.64, 0.12, 0.03, 0.03],
] as const

/** One front seat with its head rest; `z` 0 is the driver's. */
export function addSeat(mesh: MeshBuilder, cabin: Cabin, z: number): void {
  const { hip, recline } = cabin
  const turn = new Quaternion().setFromAxisAngle(v3(0, 0, 1), recline)
  const foot = v3(hip.x - 0.19, hip.y - 0.03, z)
  const place = (x: number, y: number, across: number): Vector3 =>
    v3(x, y, across).applyQuaternion(turn).add(foot)
  const cloth = { colour: cabin.seat, gloss: 0.1 }
  const edge = { colour: cabin.seatTrim, gloss: 0.12 }
  const ring = (y: number, wide: number, deep: number, back: number, x = 0): Ring => ({
    at: place(x - back, y, 0),
    u: v3(deep, 0, 0).applyQuaternion(turn),
    v: v3(0, 0, wide),
    paint: cloth,
    power: 3.4,
  })
  mesh.loft(
    BACK.map(([y, wide, deep, back]) => ring(y, wide, deep, back)),
    24,
  )
  for (const side of [1, -1]) {
    mesh.tube(
      [
        place(0.03, 0, side * 0.2),
        place(0.085, 0.12, side * 0.225),
        place(0.085, 0.34, side * 0.22),
        place(0.03, 0.52, side * 0.19),
      ],
      [0.04, 0.05, 0.046, 0.035],
      [edge],
      10,
    )
    mesh.tube(
      [place(-0.02, 0.58, side * 0.06), place(-0.01, 0.76, side * 0.06)],
      [0.007],
      [{ colour: 0xb0b2b5, gloss: 0.8 }],
      6,
    )
  }
  const wing = cabin.headrest === 'wing' ? 1.18 : 1
  mesh.loft(
    [
      [0.665, 0.09, 0.035],
      [0.69, 0.125 * wing, 0.052],
      [0.77, 0.135 * wing, 0.056],
      [0.84, 0.12 * wing, 0.05],
      [0.87, 0.08, 0.03],
    ].map(([y = 0, wide = 0, deep = 0]) => ring(y, wide, deep, 0, 0.012)),
    18,
  )
  // The cushion.
  const cushion = (x: number, wide: number, high: number, y: number): Ring => ({
    at: v3(hip.x + x, hip.y + y, z),
    u: v3(0, high, 0),
    v: v3(0, 0, wide),
    paint: cloth,
    power: 3.2,
  })
  mesh.loft(
    [
      cushion(-0.24, 0.2, 0.06, -0.16),
      cushion(-0.16, 0.25, 0.085, -0.16),
      cushion(0.05, 0.26, 0.09, -0.155),
      cushion(0.26, 0.255, 0.085, -0.135),
      cushion(0.36, 0.235, 0.06, -0.135),
      cushion(0.39, 0.2, 0.03, -0.14),
    ],
    20,
  )
  mesh.box(v3(hip.x + 0.02, (hip.y - 0.2) / 2 + 0.01, z), v3(0.3, (hip.y - 0.2) / 2, 0.23), {
    colour: 0x1b1c1e,
  })
  // The buckle.
  mesh.box(v3(hip.x - 0.02, hip.y + 0.0, z + 0.27), v3(0.014, 0.05, 0.01), { colour: 0x232325 })
  mesh.box(v3(hip.x - 0.02, hip.y + 0.052, z + 0.27), v3(0.01, 0.006, 0.008), {
    colour: 0xc22a22,
    gloss: 0.4,
  })
  if (cabin.armrest && z === 0) {
    mesh.tube(
      [place(0.03, 0.22, 0.285), place(0.1, 0.2, 0.285), v3(hip.x + 0.14, hip.y + 0.13, z + 0.285)],
      [0.03, 0.038, 0.028],
      [edge],
      10,
    )
  }
}
