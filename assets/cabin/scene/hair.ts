import { SphereGeometry, Vector3 } from 'three'
import type { Driver } from '../model/driver.ts'
import { headSurface } from './headSurface.ts'
import type { MeshBuilder } from './meshBuilder.ts'
import { v3 } from './meshBuilder.ts'

/** The part of the skull that `keep` chooses, `thick` metres out; the rest is drawn inside it. */
function shell(keep: (direction: Vector3) => number): SphereGeometry {
  const geometry = new SphereGeometry(1, 28, 22)
  const at = geometry.getAttribute('position')
  const point = new Vector3()
  for (let index = 0; index < at.count; index += 1) {
    const direction = point.fromBufferAttribute(at, index).clone()
    const thick = keep(direction)
    headSurface(direction, point).addScaledVector(direction, thick)
    at.setXYZ(index, point.x, point.y, point.z)
  }
  return geometry
}

/** A smooth edge between hair and face: positive on the hairy side. */
const hairline = ({ x, y, z }: Vector3): number => y * 0.95 - x * 0.85 + Math.abs(z) * 0.1 - 0.12

const grown = (thick: number) => (direction: Vector3) =>
  hairline(direction) > 0 ? Math.min(thick, 0.002 + hairline(direction) * 0.09) : -0.012

/** Hair as a cap over the skull, with a curtain or a bun where the cut has one. */
export function addHair(mesh: MeshBuilder, driver: Driver): void {
  const paint = { colour: driver.hairColour, gloss: 0.18 }
  const { hair } = driver
  if (hair !== 'none') {
    mesh.add(shell(grown(hair === 'short' ? 0.014 : 0.019)), paint)
  }
  if (hair === 'bob' || hair === 'long') {
    const down = hair === 'bob' ? -0.12 : -0.24
    const wide = 0.088
    mesh.loft(
      [
        [0.05, 0.05, wide * 0.9],
        [-0.02, 0.06, wide],
        [down * 0.55, 0.058, wide * 1.02],
        [down * 0.85, 0.05, wide * 0.95],
        [down, 0.03, wide * 0.7],
      ].map(([y = 0, deep = 0, across = 0]) => ({
        at: v3(-0.052 - Math.min(0, y + 0.1) * 0.15, y, 0),
        u: v3(deep, 0, 0),
        v: v3(0, 0, across),
        paint,
        power: 2.6,
      })),
      16,
    )
  }
  if (hair === 'bun') {
    const knot = new SphereGeometry(0.042, 12, 10)
    knot.translate(-0.105, 0.055, 0)
    mesh.add(knot, paint)
  }
  if (driver.beard) {
    const beard = ({ x, y, z }: Vector3): number =>
      y < -0.18 && x > -0.15 && !(x > 0.5 && y > -0.62 && Math.abs(z) < 0.34) ? 0.006 : -0.012
    mesh.add(shell(beard), { colour: driver.hairColour, gloss: 0.05 })
  }
}

/** A cap with its peak, or a knitted hat. */
export function addHat(mesh: MeshBuilder, kind: 'cap' | 'beanie', colour: number): void {
  const paint = { colour, gloss: 0.06 }
  const rise = kind === 'cap' ? 0.022 : 0.026
  const edge = ({ x, y }: Vector3): number => y - (kind === 'cap' ? 0.3 : 0.22 + 0.2 * x)
  mesh.add(
    shell((direction) => (edge(direction) > 0 ? rise : -0.015)),
    paint,
  )
  if (kind === 'cap') {
    mesh.loft(
      [
        [0.06, 0.072],
        [0.12, 0.066],
        [0.155, 0.045],
        [0.168, 0.02],
      ].map(([x = 0, wide = 0]) => ({
        at: v3(x, 0.052 - (x - 0.06) * 0.25, 0),
        u: v3(0, 0, wide),
        v: v3(0, 0.005, 0),
        paint,
        power: 3,
      })),
      12,
    )
  }
}
