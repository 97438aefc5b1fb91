import type { Vector3 } from 'three'
import { Quaternion, TorusGeometry, Matrix4 } from 'three'
import type { Cabin } from '../model/cabin.ts'
import { wheelFrame } from '../model/figure.ts'
import { frame } from '../model/kinematics.ts'
import { addSeat } from './seat.ts'
import { MeshBuilder, v3 } from './meshBuilder.ts'

const beam = (
  mesh: MeshBuilder,
  from: Vector3,
  to: Vector3,
  radius: number,
  colour: number,
): void => {
  mesh.tube([from, from.clone().lerp(to, 0.5), to], [radius], [{ colour, gloss: 0.1 }], 8)
}

function addShell(mesh: MeshBuilder, cabin: Cabin): void {
  const { sill, dash, lower, roof, trim } = cabin
  const dark = { colour: 0x141516, gloss: 0.05 }
  mesh.box(v3(-0.2, 0, 0.4), v3(1.6, 0.03, 1), dark)
  mesh.box(v3(-0.44, 1.235, 0.4), v3(0.86, 0.03, 0.76), { colour: roof })
  // The driver's door: panel, sill, arm rest, pull, pocket and speaker.
  mesh.box(v3(0.3, sill / 2, -0.47), v3(0.62, sill / 2, 0.04), { colour: lower }, undefined, 0.3)
  mesh.box(v3(0.3, sill - 0.02, -0.45), v3(0.62, 0.035, 0.055), { colour: dash, gloss: 0.15 })
  mesh.box(v3(0.24, sill - 0.2, -0.41), v3(0.34, 0.03, 0.06), { colour: dash }, undefined, 0.6)
  mesh.box(v3(0.42, sill - 0.11, -0.435), v3(0.09, 0.016, 0.02), { colour: trim, gloss: 0.6 })
  mesh.box(v3(0.3, sill - 0.155, -0.37), v3(0.1, 0.012, 0.02), { colour: 0x1a1a1b, gloss: 0.3 })
  // The rear door, the pillars, the rail above the glass.
  mesh.box(v3(-0.85, sill / 2, -0.47), v3(0.52, sill / 2 + 0.02, 0.04), { colour: lower })
  mesh.box(v3(-1.38, 0.55, 0.4), v3(0.04, 0.35, 0.9), { colour: cabin.seat })
  const pillar = (x: number, top: number, radius: number): void => {
    beam(mesh, v3(x, sill - 0.05, -0.46), v3(top, 1.22, -0.34), radius, lower)
  }
  pillar(-0.33, -0.36, 0.055)
  pillar(-1.3, -1.1, 0.09)
  beam(mesh, v3(1.12, sill, -0.5), v3(0.42, 1.2, -0.36), 0.036, lower)
  beam(mesh, v3(0.46, 1.2, -0.355), v3(-1.1, 1.215, -0.34), 0.034, roof)
  // The mirror outside.
  mesh.box(v3(0.78, sill + 0.1, -0.64), v3(0.05, 0.065, 0.1), { colour: 0x2a2c30, gloss: 0.4 })
}

function addDashboard(mesh: MeshBuilder, cabin: Cabin): void {
  const paint = { colour: cabin.dash, gloss: 0.12 }
  const rings = [-0.47, -0.3, 0.0, 0.3, 0.6, 1.15].map((z) => ({
    at: v3(0.87, 0.55, z),
    u: v3(0.24, 0, 0),
    v: v3(0, 0.16, 0),
    paint,
    power: 3.2,
  }))
  mesh.loft(rings, 20)
  // The hood over the instruments.
  const { centre } = wheelFrame(cabin)
  mesh.box(centre.clone().add(v3(0.24, 0.08, 0)), v3(0.09, 0.045, 0.17), paint, undefined, 0.8)
  mesh.box(centre.clone().add(v3(0.15, 0.045, 0)), v3(0.012, 0.045, 0.15), {
    colour: 0x0b0c0e,
    gloss: 0.7,
  })
}

function addStack(mesh: MeshBuilder, cabin: Cabin): void {
  const x = cabin.stackX
  const lean = new Quaternion().setFromAxisAngle(v3(0, 0, 1), -0.3)
  const at = (dx: number, dy: number, z: number): Vector3 =>
    v3(dx, dy, 0)
      .applyQuaternion(lean)
      .add(v3(x + 0.015, 0.515, z))
  mesh.box(
    at(0.1, -0.03, 0.37),
    v3(0.1, 0.145, 0.12),
    { colour: cabin.dash, gloss: 0.2 },
    lean,
    0.3,
  )
  const black = { colour: 0x0c0d0f, gloss: 0.6 }
  mesh.box(at(-0.004, 0.065, 0.37), v3(0.006, 0.055, 0.1), black, lean)
  if (cabin.screen) {
    const glow = { colour: 0x3f78b8, glow: 0.55, gloss: 0.5 }
    mesh.box(at(-0.01, 0.065, 0.37), v3(0.003, 0.045, 0.088), glow, lean)
  }
  for (const z of [0.28, 0.46]) {
    mesh.tube(
      [at(0, -0.025, z), at(-0.028, -0.025, z)],
      [0.02, 0.017],
      [{ colour: cabin.trim, gloss: 0.6 }],
      14,
    )
  }
  for (let column = 0; column < 5; column += 1) {
    const z = 0.31 + column * 0.03
    mesh.box(
      at(-0.004, -0.025, z),
      v3(0.006, 0.009, 0.0115),
      { colour: 0x5b5e63, gloss: 0.3 },
      lean,
    )
    mesh.box(at(-0.004, -0.06, z), v3(0.006, 0.007, 0.0115), { colour: 0x44474b, gloss: 0.3 }, lean)
  }
  for (const z of [0.3, 0.44]) {
    mesh.box(at(-0.002, -0.105, z), v3(0.008, 0.016, 0.05), black, lean)
  }
  // The tunnel with lever, cup holder and the lid between the seats.
  mesh.box(v3(0.12, 0.15, 0.37), v3(0.42, 0.12, 0.105), { colour: cabin.lower }, undefined, 0.3)
  mesh.box(v3(-0.22, 0.29, 0.37), v3(0.17, 0.06, 0.09), { colour: cabin.seatTrim }, undefined, 0.5)
  mesh.tube(
    [v3(0.24, 0.26, 0.37), v3(0.22, 0.4, 0.36)],
    [0.014, 0.01],
    [{ colour: cabin.trim, gloss: 0.7 }],
    8,
  )
  mesh.tube(
    [v3(0.222, 0.39, 0.36), v3(0.219, 0.41, 0.36), v3(0.214, 0.44, 0.36)],
    [0.018, 0.026, 0.016],
    [{ colour: 0x18191b, gloss: 0.5 }],
    12,
  )
  for (const z of [0.335, 0.41]) {
    mesh.tube([v3(0.06, 0.24, z), v3(0.06, 0.275, z)], [0.036, 0.036], [{ colour: 0x0e0f10 }], 14)
  }
}

function addPassenger(mesh: MeshBuilder, cabin: Cabin): void {
  const cloth = { colour: cabin.passengerTrousers }
  mesh.tube(
    [
      v3(-0.15, 0.36, 0.62),
      v3(0.1, 0.43, 0.6),
      v3(0.26, 0.5, 0.59),
      v3(0.33, 0.42, 0.6),
      v3(0.4, 0.1, 0.62),
    ],
    [0.09, 0.085, 0.07, 0.064, 0.05],
    [cloth],
    12,
  )
  mesh.tube(
    [v3(-0.28, 0.62, 0.64), v3(-0.1, 0.56, 0.585), v3(0.06, 0.57, 0.6), v3(0.14, 0.565, 0.6)],
    [0.05, 0.042, 0.032, 0.03],
    [cloth, cloth, { colour: cabin.passengerSkin }],
    10,
  )
}

/** Everything that stays in its place, nearest to the camera first. */
export function carSoup(cabin: Cabin): MeshBuilder {
  const mesh = new MeshBuilder()
  if (cabin.passenger) addPassenger(mesh, cabin)
  addStack(mesh, cabin)
  addSeat(mesh, cabin, 0)
  addDashboard(mesh, cabin)
  addShell(mesh, cabin)
  return mesh
}

/** The steering wheel around its centre: x to the driver, y up in its plane. */
export function wheelSoup(cabin: Cabin): MeshBuilder {
  const mesh = new MeshBuilder()
  const { rim, radius, spokes } = cabin.wheel
  const around = new Matrix4().makeRotationY(Math.PI / 2)
  mesh.add(new TorusGeometry(radius, 0.0155, 9, 40), { colour: rim, gloss: 0.25 }, around)
  const hub = { colour: cabin.dash, gloss: 0.2 }
  mesh.loft(
    [
      [-0.05, 0.05],
      [-0.02, 0.075],
      [0.008, 0.07],
      [0.018, 0.052],
    ].map(([x = 0, size = 0]) => ({
      at: v3(x, -0.005, 0),
      u: v3(0, size * 0.9, 0),
      v: v3(0, 0, size * 1.1),
      paint: hub,
      power: 2.8,
    })),
    18,
  )
  mesh.tube(
    [v3(0.019, 0, 0), v3(0.023, 0, 0)],
    [0.018, 0.016],
    [{ colour: cabin.trim, gloss: 0.8 }],
    14,
  )
  const angles = spokes === 3 ? [Math.PI / 2, -Math.PI / 2, Math.PI] : [1.35, -1.35, 2.3, -2.3]
  for (const angle of angles) {
    const out = v3(0, Math.cos(angle), Math.sin(angle))
    const from = out
      .clone()
      .multiplyScalar(0.06)
      .add(v3(-0.012, 0, 0))
    const to = out.clone().multiplyScalar(radius - 0.004)
    mesh.tube([from, to], [0.024, 0.019], [{ colour: cabin.trim, gloss: 0.4 }], 8, {
      normal: v3(1, 0, 0),
      by: 0.45,
    })
  }
  mesh.tube([v3(-0.04, -0.01, 0), v3(-0.3, -0.03, 0)], [0.045, 0.06], [hub], 12)
  return mesh
}

/** Where the wheel stands in the car. */
export function wheelTurn(cabin: Cabin): { readonly at: Vector3; readonly turn: Quaternion } {
  const { centre, up, toDriver } = wheelFrame(cabin)
  return { at: centre, turn: frame(toDriver, up) }
}

/** The sun visor: folded up under the roof, or down with its lit mirror. */
export function visorSoup(cabin: Cabin, down: boolean): MeshBuilder {
  const mesh = new MeshBuilder()
  const turn = new Quaternion().setFromAxisAngle(v3(0, 0, 1), down ? 1.25 : 0.06)
  const along = v3(down ? -0.07 : -0.075, 0, 0).applyQuaternion(turn)
  const at = v3(0.36, 1.185, -0.02).add(along)
  mesh.box(at, v3(0.08, 0.009, 0.17), { colour: cabin.roof }, turn, 0.6)
  if (down) {
    const mirror = v3(0, 0.01, 0).applyQuaternion(turn).add(at)
    mesh.box(mirror, v3(0.04, 0.002, 0.075), { colour: 0xdfe6ea, gloss: 0.9, glow: 0.4 }, turn)
  }
  return mesh
}
