import { BufferAttribute, BufferGeometry, Color, Matrix4, Quaternion, Vector3 } from 'three'
import type { Hex } from '../model/driver.ts'

/** How a surface takes light: gloss 0 cloth to 1 glass, glow 0 to 1 for what shines by itself. */
export interface Paint {
  readonly colour: Hex
  readonly gloss?: number
  readonly glow?: number
}

/** One cross-section of a loft: a super-ellipse of half axes u and v around `at`. */
export interface Ring {
  readonly at: Vector3
  readonly u: Vector3
  readonly v: Vector3
  readonly paint: Paint
  /** 2 is an ellipse, 4 and more a rounded box. */
  readonly power?: number
}

const cache = new Map<Hex, Color>()

/** The linear colour of an sRGB number. */
function linear(hex: Hex): Color {
  let colour = cache.get(hex)
  if (!colour) {
    colour = new Color(hex)
    cache.set(hex, colour)
  }
  return colour
}

const bend = (value: number, power: number): number =>
  Math.sign(value) * Math.abs(value) ** (2 / power)

/** Collects painted surfaces and hands them over as one geometry, so that a cabin is one mesh. */
export class MeshBuilder {
  readonly #position: number[] = []
  readonly #colour: number[] = []
  readonly #surface: number[] = []
  readonly #index: number[] = []

  #vertex(at: Vector3, paint: Paint): number {
    const { r, g, b } = linear(paint.colour)
    this.#position.push(at.x, at.y, at.z)
    this.#colour.push(r, g, b)
    this.#surface.push(paint.gloss ?? 0.08, paint.glow ?? 0)
    return this.#position.length / 3 - 1
  }

  /** A skin over rings, closed at both ends. */
  loft(rings: readonly Ring[], sides = 12): this {
    const first = rings[0]
    const last = rings.at(-1)
    if (!first || !last) return this
    const point = new Vector3()
    const start = this.#position.length / 3
    for (const ring of rings) {
      const power = ring.power ?? 2
      for (let side = 0; side < sides; side += 1) {
        const angle = (2 * Math.PI * side) / sides
        point
          .copy(ring.at)
          .addScaledVector(ring.u, bend(Math.cos(angle), power))
          .addScaledVector(ring.v, bend(Math.sin(angle), power))
        this.#vertex(point, ring.paint)
      }
    }
    // Skins face outwards, whichever way round the rings were given.
    const middle = rings[Math.floor(rings.length / 2)] ?? last
    const ahead = last.at.clone().sub(first.at)
    const outward = ahead.dot(middle.u.clone().cross(middle.v)) >= 0
    const face = (a: number, b: number, c: number): void => {
      this.#index.push(a, outward ? b : c, outward ? c : b)
    }
    for (let row = 0; row + 1 < rings.length; row += 1) {
      for (let side = 0; side < sides; side += 1) {
        const a = start + row * sides + side
        const b = start + row * sides + ((side + 1) % sides)
        face(a, b, a + sides)
        face(b, b + sides, a + sides)
      }
    }
    const foot = this.#vertex(first.at, first.paint)
    const head = this.#vertex(last.at, last.paint)
    const top = start + (rings.length - 1) * sides
    for (let side = 0; side < sides; side += 1) {
      const next = (side + 1) % sides
      face(foot, start + next, start + side)
      face(head, top + side, top + next)
    }
    return this
  }

  /** A round tube along points; `flat` squeezes it along `normal`. */
  tube(
    points: readonly Vector3[],
    radii: readonly number[],
    paints: readonly Paint[],
    sides = 10,
    flat?: { readonly normal: Vector3; readonly by: number },
  ): this {
    const side = flat ? flat.normal.clone() : new Vector3(0, 0, 1)
    const rings: Ring[] = points.map((at, index) => {
      const before = points[Math.max(0, index - 1)] ?? at
      const after = points[Math.min(points.length - 1, index + 1)] ?? at
      const along = after.clone().sub(before).normalize()
      side.addScaledVector(along, -side.dot(along))
      if (side.lengthSq() < 1e-6) side.set(along.y, along.z, along.x).cross(along)
      side.normalize()
      const radius = radii[index] ?? radii.at(-1) ?? 0.01
      const paint = paints[index] ?? paints.at(-1) ?? { colour: 0x808080 }
      const v = side.clone().multiplyScalar(radius * (flat?.by ?? 1))
      return { at, u: side.clone().cross(along).multiplyScalar(radius), v, paint }
    })
    return this.loft(rings, sides)
  }

  /** Any geometry of three.js, painted and placed. */
  add(geometry: BufferGeometry, paint: Paint, place = new Matrix4()): this {
    const at = geometry.getAttribute('position')
    const start = this.#position.length / 3
    const point = new Vector3()
    for (let index = 0; index < at.count; index += 1) {
      this.#vertex(point.fromBufferAttribute(at, index).applyMatrix4(place), paint)
    }
    const order = geometry.getIndex()
    const count = order?.count ?? at.count
    for (let index = 0; index < count; index += 1) {
      this.#index.push(start + (order?.getX(index) ?? index))
    }
    geometry.dispose()
    return this
  }

  /** A rounded box around `at`, turned, of half sizes x, y, z. */
  box(at: Vector3, half: Vector3, paint: Paint, turn = new Quaternion(), round = 0.25): this {
    const edge = Math.min(half.x, half.y, half.z) * round
    const x = new Vector3(1, 0, 0).applyQuaternion(turn)
    const y = new Vector3(0, 1, 0).applyQuaternion(turn)
    const z = new Vector3(0, 0, 1).applyQuaternion(turn)
    const ring = (along: number, shrink: number): Ring => ({
      at: at.clone().addScaledVector(y, along),
      u: x.clone().multiplyScalar(half.x - shrink),
      v: z.clone().multiplyScalar(half.z - shrink),
      paint,
      power: 9,
    })
    return this.loft(
      [
        ring(-half.y, edge),
        ring(-half.y + edge * 0.3, edge * 0.3),
        ring(-half.y + edge, 0),
        ring(half.y - edge, 0),
        ring(half.y - edge * 0.3, edge * 0.3),
        ring(half.y, edge),
      ],
      16,
    )
  }

  /** The collected surfaces with smooth normals. */
  geometry(): BufferGeometry {
    const geometry = new BufferGeometry()
    geometry.setAttribute('position', new BufferAttribute(new Float32Array(this.#position), 3))
    geometry.setAttribute('color', new BufferAttribute(new Float32Array(this.#colour), 3))
    geometry.setAttribute('surface', new BufferAttribute(new Float32Array(this.#surface), 2))
    geometry.setIndex(this.#index)
    geometry.computeVertexNormals()
    return geometry
  }
}

/** Shorthand for a vector. */
export const v3 = (x: number, y: number, z: number): Vector3 => new Vector3(x, y, z)
