import { Vector3 } from 'three'

/** The head around its centre, x to the nose; half a head is 0.075 wide and 0.115 high. */
export function headSurface(direction: Vector3, out = new Vector3()): Vector3 {
  const { x, y, z } = direction.clone().normalize()
  const jaw = Math.max(0, -y)
  const wide = 0.076 - 0.022 * jaw ** 1.4
  const deep = x > 0 ? 0.094 + 0.006 * jaw : 0.098 - 0.035 * jaw
  const flatFace = x > 0 ? 1 - 0.07 * x * x * (1 - Math.abs(y)) : 1
  const chin = x > 0 ? 0.012 * Math.max(0, -y - 0.45) : 0
  return out.set(x * deep * flatFace + chin, y * (y > 0 ? 0.118 : 0.125), z * wide)
}
