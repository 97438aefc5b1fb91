/** Stops from nothing over yellow to red: red, green, blue, opacity, each 0 to 255. */
const STOPS = [
  [255, 226, 120, 0],
  [255, 214, 90, 90],
  [255, 150, 40, 190],
  [255, 60, 50, 240],
] as const

/** @param share of the greatest fall; what is not positive stays clear */
export function heatColor(share: number): readonly [number, number, number, number] {
  const at = Math.min(1, Math.max(0, share)) * (STOPS.length - 1)
  const low = STOPS[Math.floor(at)] ?? STOPS[0]
  const high = STOPS[Math.ceil(at)] ?? low
  const part = at - Math.floor(at)
  const mix = (index: 0 | 1 | 2 | 3): number =>
    Math.round(low[index] + part * (high[index] - low[index]))
  return [mix(0), mix(1), mix(2), mix(3)]
}
