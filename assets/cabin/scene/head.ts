import { CircleGeometry, Matrix4, SphereGeometry, TorusGeometry, Vector3 } from 'three'
import type { Driver } from '../model/driver.ts'
import { addHair, addHat } from './hair.ts'
import { headSurface } from './headSurface.ts'
import { MeshBuilder, v3 } from './meshBuilder.ts'

function addFace(mesh: MeshBuilder, driver: Driver, mouth: number): void {
  const skin = { colour: driver.skin, gloss: driver.dummy ? 0.3 : 0.1 }
  mesh.tube(
    [v3(0.085, 0.028, 0), v3(0.1, 0.004, 0), v3(0.112, -0.016, 0), v3(0.09, -0.026, 0)],
    [0.008, 0.0115, 0.0155, 0.011],
    [skin],
    8,
  )
  for (const side of [1, -1]) {
    const ear = new Matrix4().makeRotationY(side * 0.35).scale(v3(0.021, 0.033, 0.009))
    mesh.add(new SphereGeometry(1, 10, 8), skin, ear.setPosition(-0.008, -0.004, side * 0.079))
    const brow = driver.dummy ? 0x2a2a2c : driver.hairColour
    mesh.tube(
      [
        v3(0.091, 0.049, side * 0.016),
        v3(0.087, 0.053, side * 0.033),
        v3(0.073, 0.046, side * 0.05),
      ],
      [0.0035, 0.0045, 0.0025],
      [{ colour: brow, gloss: 0.05 }],
      6,
    )
  }
  const lips = { colour: driver.dummy ? 0x6a4a2a : 0x8f4a42, gloss: 0.2 }
  const gape = 0.004 + 0.013 * mouth
  mesh.add(
    new SphereGeometry(1, 12, 8),
    mouth > 0.25 ? { colour: 0x3a1512, gloss: 0.1 } : lips,
    new Matrix4().makeScale(0.012, gape, 0.024).setPosition(0.087, -0.052 - 0.004 * mouth, 0),
  )
  for (const [lift, deep] of [
    [gape, 0.0055],
    [-gape, 0.0062],
  ] as const) {
    mesh.tube(
      [-0.024, -0.012, 0, 0.012, 0.024].map((z) =>
        v3(0.092 - Math.abs(z) * 0.35, -0.052 - 0.004 * mouth + lift * (1 - Math.abs(z) * 22), z),
      ),
      [0.002, deep * 0.8, deep, deep * 0.8, 0.002],
      [lips],
      6,
    )
  }
}

function addEyes(mesh: MeshBuilder, yaw: number, pitch: number): void {
  for (const side of [1, -1]) {
    const centre = v3(0.073, 0.022, side * 0.031)
    const look = v3(Math.cos(yaw), -Math.sin(pitch), Math.sin(yaw)).normalize()
    const ball = new SphereGeometry(0.0135, 10, 8)
    const at = new Matrix4().setPosition(centre)
    mesh.add(ball, { colour: 0xf4f2ee, gloss: 0.5 }, at)
    const iris = centre.clone().addScaledVector(look, 0.0085)
    mesh.add(
      new SphereGeometry(0.0085, 8, 6),
      { colour: 0x241a14, gloss: 0.9 },
      new Matrix4().setPosition(iris),
    )
  }
}

function addGlasses(mesh: MeshBuilder, kind: 'clear' | 'sun'): void {
  const frame = { colour: 0x17171a, gloss: 0.5 }
  for (const side of [1, -1]) {
    const at = new Matrix4().makeRotationY(Math.PI / 2 - side * 0.16)
    at.setPosition(0.094, 0.02, side * 0.034)
    mesh.add(new TorusGeometry(0.0245, 0.003, 6, 18), frame, at)
    if (kind === 'sun') {
      mesh.add(new CircleGeometry(0.0245, 16), { colour: 0x0c0d10, gloss: 0.9 }, at)
    }
    mesh.tube(
      [
        v3(0.086, 0.026, side * 0.058),
        v3(0.04, 0.024, side * 0.081),
        v3(-0.012, 0.016, side * 0.085),
      ],
      [0.003],
      [frame],
      5,
    )
  }
  mesh.tube(
    [v3(0.098, 0.024, -0.012), v3(0.1, 0.026, 0), v3(0.098, 0.024, 0.012)],
    [0.003],
    [frame],
    5,
  )
}

/** The quartered disc of crash tests, around `at`, facing `facing`. */
function addMarker(mesh: MeshBuilder, at: Vector3, facing: Vector3, radius: number): void {
  const turn = new Matrix4().lookAt(facing, new Vector3(), v3(0, 1, 0.01))
  for (let quarter = 0; quarter < 4; quarter += 1) {
    mesh.add(
      new CircleGeometry(radius, 6, (quarter * Math.PI) / 2, Math.PI / 2),
      { colour: quarter % 2 === 0 ? 0xf2c91f : 0x141416, gloss: 0.2 },
      turn.clone().setPosition(at),
    )
  }
}

/** A whole head, drawn around the origin. */
export function buildHead(
  driver: Driver,
  look: { readonly yaw: number; readonly pitch: number },
  mouth: number,
): MeshBuilder {
  const mesh = new MeshBuilder()
  const skull = new SphereGeometry(1, 26, 20)
  const at = skull.getAttribute('position')
  const point = new Vector3()
  for (let index = 0; index < at.count; index += 1) {
    headSurface(point.fromBufferAttribute(at, index), point)
    at.setXYZ(index, point.x, point.y, point.z)
  }
  mesh.add(skull, { colour: driver.skin, gloss: driver.dummy ? 0.3 : 0.1 })
  addFace(mesh, driver, mouth)
  addEyes(mesh, look.yaw, look.pitch)
  if (driver.glasses !== 'none') addGlasses(mesh, driver.glasses)
  addHair(mesh, driver)
  if (driver.hat !== 'none') addHat(mesh, driver.hat, driver.hatColour)
  if (driver.dummy && driver.hat === 'none') {
    for (const side of [1, -1]) {
      addMarker(mesh, v3(0.012, 0.058, side * 0.0715), v3(0.05, 0.3, side), 0.024)
    }
    if (driver.hair === 'none') {
      mesh.tube(
        [-1.3, -0.9, -0.45, 0, 0.45, 0.9, 1.3].map((angle) =>
          headSurface(v3(-Math.sin(angle) * 0.9, Math.cos(angle), 0)).multiplyScalar(1.004),
        ),
        [0.008],
        [{ colour: 0x2a2a2c, gloss: 0.3 }],
        6,
        { normal: v3(0, 1, 0), by: 0.4 },
      )
    }
  }
  return mesh
}
