/** Typed arrays that grow while values arrive. */
type Values = Uint8Array | Uint16Array | Float64Array

/** These values with room for `length`: the same array, or one that is at least twice as large. */
export function grown<Kind extends Values>(values: Kind, length: number): Kind {
  if (length <= values.length) return values
  const larger = new (values.constructor as new (length: number) => Kind)(
    Math.max(length, 2 * values.length),
  )
  larger.set(values)
  return larger
}
