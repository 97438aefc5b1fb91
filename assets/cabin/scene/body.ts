import type { Vector3 } from 'three'
import type { Driver } from '../model/driver.ts'
import type { ArmFrame, Figure } from '../model/figure.ts'
import { addHand } from './hand.ts'
import type { Paint, Ring } from './meshBuilder.ts'
import { MeshBuilder, v3 } from './meshBuilder.ts'

/** Half width (z), half depth (x) and forward shift of the trunk, from the hips to the neck. */
const TRUNK = [
  [-0.06, 0.155, 0.115, 0.01],
  [0, 0.165, 0.125, 0.01],
  [0.12, 0.16, 0.122, 0.014],
  [0.26, 0.15, 0.115, 0.016],
  [0.4, 0.15, 0.11, 0.012],
  [0.55, 0.16, 0.112, 0.008],
  [0.7, 0.172, 0.116, 0.006],
  [0.82, 0.172, 0.108, 0.002],
  [0.91, 0.15, 0.092, 0],
  [0.97, 0.105, 0.074, 0],
  [1.01, 0.068, 0.06, 0.002],
] as const

interface SpinePoint {
  readonly at: Vector3
  readonly x: Vector3
  readonly z: Vector3
}

function along(figure: Figure, part: number): SpinePoint {
  const place = Math.min(1, Math.max(0, part)) * (figure.spine.length - 1)
  const low = figure.spine[Math.floor(place)]
  const high = figure.spine[Math.ceil(place)]
  if (!low || !high) throw new Error('no such place on the spine')
  const mix = place - Math.floor(place)
  const turn = low.turn.clone().slerp(high.turn, mix)
  const at = low.at.clone().lerp(high.at, mix)
  const beyond = part < 0 ? part : part > 1 ? part - 1 : 0
  at.add(v3(0, beyond * 0.5, 0).applyQuaternion(turn))
  return {
    at,
    x: v3(1, 0, 0).applyQuaternion(turn),
    z: v3(0, 0, 1).applyQuaternion(turn),
  }
}

const trunkWidth = (part: number): readonly [number, number, number] => {
  const above = TRUNK.findIndex(([at]) => at >= part)
  const high = TRUNK[above < 0 ? TRUNK.length - 1 : above] ?? TRUNK[0]
  const low = TRUNK[Math.max(0, (above < 0 ? TRUNK.length : above) - 1)] ?? TRUNK[0]
  const mix = high[0] === low[0] ? 0 : Math.min(1, (part - low[0]) / (high[0] - low[0]))
  const at = (index: 1 | 2 | 3): number => low[index] + (high[index] - low[index]) * mix
  return [at(1), at(2), at(3)]
}

/** A point of the trunk's surface: `angle` 0 is the driver's right side, a quarter turn his front. */
function onTrunk(figure: Figure, driver: Driver, part: number, angle: number): Vector3 {
  const [wide, deep, shift] = trunkWidth(part)
  const { at, x, z } = along(figure, part)
  const size = driver.scale * driver.build ** 0.6
  const belly = driver.build ** (part < 0.5 ? 0.9 : 0.4)
  const power = 2 / 2.5
  const bend = (value: number): number => Math.sign(value) * Math.abs(value) ** power
  return at
    .addScaledVector(x, shift + deep * driver.scale * belly * bend(Math.sin(angle)))
    .addScaledVector(z, wide * size * bend(Math.cos(angle)))
}

function shirt(driver: Driver, part: number): Paint {
  const second =
    driver.pattern === 'stripes'
      ? Math.floor(part * 22) % 3 === 0
      : driver.pattern === 'yoke' && part > 0.72
  return { colour: second ? driver.shirtSecond : driver.shirt, gloss: 0.04 }
}

function addTrunk(mesh: MeshBuilder, figure: Figure, driver: Driver): void {
  const rings: Ring[] = []
  const size = driver.scale * driver.build ** 0.6
  for (let part = -0.06; part <= 1.02; part += driver.pattern === 'plain' ? 0.06 : 0.0225) {
    const [wide, deep, shift] = trunkWidth(part)
    const { at, x, z } = along(figure, part)
    const belly = driver.build ** (part < 0.5 ? 0.9 : 0.4)
    rings.push({
      at: at.addScaledVector(x, shift),
      u: z.clone().multiplyScalar(wide * size),
      v: x.clone().multiplyScalar(deep * driver.scale * belly),
      paint: part < -0.01 ? { colour: driver.trousers } : shirt(driver, part),
      power: 2.5,
    })
  }
  mesh.loft(rings, 20)
  const base = along(figure, 0.95).at
  const throat = figure.neck.clone()
  const crown = figure.head.at.clone().add(v3(0.008, -0.03, 0).applyQuaternion(figure.head.turn))
  const skin = { colour: driver.skin, gloss: driver.dummy ? 0.25 : 0.1 }
  const ring = { colour: driver.dummy ? 0x2a2a2c : driver.skin, gloss: 0.15 }
  const radius = 0.056 * driver.scale * driver.build ** 0.5
  const middle = base.clone().lerp(throat, 0.55)
  mesh.tube(
    [base, middle, throat, crown],
    [radius * 1.25, radius * 1.02, radius * 0.97, radius * 0.75],
    driver.dummy ? [ring, ring, skin, skin] : [skin],
    12,
  )
}

/** The belt: a strap from the pillar over the far shoulder to the buckle beside the near hip. */
function addBelt(mesh: MeshBuilder, figure: Figure, driver: Driver, colour: number): void {
  const front = Math.PI / 2
  const points = [v3(-0.28, 0.98, -0.36)]
  for (let step = 0; step <= 10; step += 1) {
    const part = 0.93 - 0.87 * (step / 10)
    const angle = front + 0.82 - 1.75 * (step / 10)
    points.push(onTrunk(figure, driver, part, angle))
  }
  const hips = along(figure, 0.02)
  points.push(
    hips.at
      .clone()
      .addScaledVector(hips.z, 0.2 * driver.build)
      .add(v3(0, -0.04, 0)),
  )
  const core = (index: number): Vector3 => along(figure, 0.93 - 0.087 * (index - 1)).at
  mesh.loft(
    points.map((point, index): Ring => {
      const before = points[Math.max(0, index - 1)] ?? point
      const after = points[Math.min(points.length - 1, index + 1)] ?? point
      const out = point
        .clone()
        .sub(core(Math.min(11, Math.max(1, index))))
        .normalize()
      const across = after.clone().sub(before).normalize().cross(out).normalize()
      return {
        at: point.clone().addScaledVector(out, 0.008),
        u: across.multiplyScalar(0.024),
        v: out.multiplyScalar(0.0035),
        paint: { colour, gloss: 0.2 },
        power: 4,
      }
    }),
    8,
  )
}

function addArm(
  mesh: MeshBuilder,
  arm: ArmFrame,
  side: 1 | -1,
  figure: Figure,
  driver: Driver,
): void {
  const thick = driver.scale * driver.build ** 0.7
  const { shoulder, elbow, hand } = arm
  const inner = along(figure, 0.9)
  const root = shoulder
    .clone()
    .addScaledVector(inner.z, -side * 0.06)
    .addScaledVector(inner.x, -0.01)
  const lerp = (a: Vector3, b: Vector3, part: number): Vector3 => a.clone().lerp(b, part)
  const sleeveEnd = { none: 0.002, short: 0.62, long: 3 }[driver.sleeve]
  const cloth = driver.pattern === 'yoke' ? driver.shirtSecond : driver.shirt
  const stops: readonly (readonly [Vector3, number, number])[] = [
    [root, 0.05, 0],
    [lerp(root, shoulder, 0.7), 0.063, 0.005],
    [lerp(shoulder, elbow, 0.06), 0.06, 0.01],
    [lerp(shoulder, elbow, 0.3), 0.053, 0.3],
    [lerp(shoulder, elbow, 0.6), 0.048, 0.6],
    [lerp(shoulder, elbow, 0.63), 0.047, 0.63],
    [lerp(shoulder, elbow, 0.9), 0.041, 0.9],
    [elbow.clone(), 0.04, 1],
    [lerp(elbow, hand.wrist, 0.1), 0.043, 1.1],
    [lerp(elbow, hand.wrist, 0.3), 0.043, 1.3],
    [lerp(elbow, hand.wrist, 0.65), 0.035, 1.65],
    [lerp(elbow, hand.wrist, 0.93), 0.027, 1.93],
    [hand.wrist.clone(), 0.026, 2],
  ]
  const watch = (driver.watch === 'right') === side > 0 && driver.watch !== 'none'
  const paint = (at: number): Paint => {
    if (at <= sleeveEnd && at < 1.97) return { colour: cloth, gloss: 0.04 }
    if (driver.dummy && at === 1) return { colour: 0x2a2a2c, gloss: 0.3 }
    return { colour: driver.skin, gloss: driver.dummy ? 0.25 : 0.1 }
  }
  const loose = (at: number): number => (at <= sleeveEnd ? 1.16 : 1)
  mesh.tube(
    stops.map(([at]) => at),
    stops.map(([, radius, at]) => radius * thick * loose(at)),
    stops.map(([, , at]) => paint(at)),
    12,
  )
  if (watch) {
    const band = [lerp(elbow, hand.wrist, 0.86), lerp(elbow, hand.wrist, 0.93)]
    mesh.tube(band, [0.033 * thick * loose(1.9)], [{ colour: 0x1b1b1d, gloss: 0.6 }], 10)
  }
  addHand(mesh, hand, side, driver)
}

function addLegs(mesh: MeshBuilder, figure: Figure, driver: Driver): void {
  const hips = along(figure, 0)
  const thick = driver.scale * driver.build ** 0.6
  const trousers = { colour: driver.trousers, gloss: 0.04 }
  const shoe = { colour: 0x17181a, gloss: 0.25 }
  for (const [index, side] of [1, -1].entries()) {
    const knee = figure.knees[index] ?? hips.at
    const foot = figure.feet[index] ?? hips.at
    const hip = hips.at.clone().addScaledVector(hips.z, side * 0.085 * thick)
    const between = (a: Vector3, b: Vector3, part: number): Vector3 => a.clone().lerp(b, part)
    mesh.tube(
      [hip, between(hip, knee, 0.3), between(hip, knee, 0.7), knee, between(knee, foot, 0.4), foot],
      [0.098, 0.092, 0.074, 0.063, 0.06, 0.045].map((radius) => radius * thick),
      [trousers],
      12,
    )
    const toe = foot.clone().add(v3(0.2, -0.03, 0))
    mesh.tube([foot.clone().add(v3(-0.05, -0.04, 0)), foot, toe], [0.05, 0.055, 0.04], [shoe], 8)
  }
}

/** The driver's body, rebuilt for every frame: a few thousand points, a millisecond. */
export function bodySoup(figure: Figure, driver: Driver, belt: number): MeshBuilder {
  const mesh = new MeshBuilder()
  addTrunk(mesh, figure, driver)
  addArm(mesh, figure.right, 1, figure, driver)
  addArm(mesh, figure.left, -1, figure, driver)
  addLegs(mesh, figure, driver)
  addBelt(mesh, figure, driver, belt)
  return mesh
}
