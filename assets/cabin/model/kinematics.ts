import type { Vector3 } from 'three'
import { Matrix4, Quaternion } from 'three'

/** Where an elbow or a knee goes. */
export interface Limb {
  readonly joint: Vector3
  readonly end: Vector3
  /** How far the end stays from its target, metres: 0 when the limb reaches. */
  readonly missed: number
}

/** Limbs never lock quite straight: that looks wrong and flips the joint from frame to frame. */
const STRAIGHTEST = 0.995

/**
 * Two bones from `root` towards `target`, the joint bent to the side of `pole`
 * (a direction, not a point). A target out of reach is approached as far as the bones go.
 */
export function twoBones(
  root: Vector3,
  target: Vector3,
  pole: Vector3,
  upper: number,
  lower: number,
): Limb {
  const along = target.clone().sub(root)
  const wanted = along.length()
  if (wanted < 1e-6) along.set(1, 0, 0)
  along.normalize()
  const reach = Math.min(
    Math.max(wanted, Math.abs(upper - lower) + 0.01),
    (upper + lower) * STRAIGHTEST,
  )
  const cosine = (upper * upper + reach * reach - lower * lower) / (2 * upper * reach)
  const side = pole.clone().addScaledVector(along, -pole.dot(along))
  if (side.lengthSq() < 1e-8) {
    // Any side is as good as another when the pole lies along the limb.
    side.set(along.y, along.z, along.x).cross(along)
    if (side.lengthSq() < 1e-8) side.set(1, -1, 0).cross(along)
  }
  side.normalize()
  const joint = root
    .clone()
    .addScaledVector(along, upper * cosine)
    .addScaledVector(side, upper * Math.sqrt(Math.max(0, 1 - cosine * cosine)))
  const end = root.clone().addScaledVector(along, reach)
  return { joint, end, missed: Math.abs(wanted - reach) }
}

/** The rotation that takes x to `forward` and y as near to `up` as a right angle allows. */
export function frame(forward: Vector3, up: Vector3): Quaternion {
  const x = forward.clone().normalize()
  const z = x.clone().cross(up)
  if (z.lengthSq() < 1e-8) z.set(0, 0, 1)
  z.normalize()
  const y = z.clone().cross(x)
  return new Quaternion().setFromRotationMatrix(new Matrix4().makeBasis(x, y, z))
}
