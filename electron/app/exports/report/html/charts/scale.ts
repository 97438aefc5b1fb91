/** Width of every chart in its own units: the text width of an A4 page, about. */
export const WIDTH = 720

/** Whole numbers of seconds that people count in. */
const TIME_STEPS_S = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14_400, 86_400]

/** @returns seconds between two ticks, so that there are at most `most` of them */
export function timeStep(lastedS: number, most: number): number {
  return TIME_STEPS_S.find((step) => lastedS / step <= most) ?? Math.ceil(lastedS / most)
}

/** @returns the round step (1, 2 or 5 times a power of ten) that gives at most `most` ticks */
export function roundStep(highest: number, most: number): number {
  const raw = highest / most
  const power = 10 ** Math.floor(Math.log10(raw))
  return ([1, 2, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10) * power
}

/** 0, step, 2 step, ... up to `last` inclusive. */
export function ticks(step: number, last: number): number[] {
  return Array.from({ length: Math.floor(last / step + 1e-9) + 1 }, (_, i) => i * step)
}

/** Enough digits for a drawing. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100)
}
