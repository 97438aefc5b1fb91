import type { Millis } from '../../../core/frame.ts'
import type { Words } from './words/words.ts'

/** How a report writes quantities. A figure that is not known is a dash. */
export const NOTHING = '–'

/** `12.4 s`; one decimal is what frames at 15 a second can tell. */
export function seconds(ms: Millis | undefined, { units }: Words): string {
  return ms === undefined ? NOTHING : `${(ms / 1000).toFixed(1)} ${units.seconds}`
}

/** A number and its unit. */
export type Part = readonly [value: string, unit: string]

/** `2 min 05 s`, from an hour on `1 h 02 min`, as numbers and units. */
export function durationParts(ms: Millis, { units }: Words): readonly [Part, Part] {
  const whole = Math.round(ms / 1000)
  const minutes = Math.round(whole / 60)
  return whole >= 3600
    ? [
        [String(Math.floor(minutes / 60)), units.hours],
        [two(minutes % 60), units.minutes],
      ]
    : [
        [String(Math.floor(whole / 60)), units.minutes],
        [two(whole % 60), units.seconds],
      ]
}

export function duration(ms: Millis, words: Words): string {
  return durationParts(ms, words)
    .map((part) => part.join(' '))
    .join(' ')
}

/** `1:02:03` or `2:03`, for axes. */
export function clock(s: number): string {
  const [hours, minutes, rest] = [Math.floor(s / 3600), Math.floor(s / 60) % 60, s % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}

/** `2:03.4` on the drive's clock, rounded down as the screen does. */
export function moment(ms: Millis): string {
  const tenths = Math.floor(ms / 100)
  const minutes = Math.floor(tenths / 600)
  return `${minutes}:${((tenths % 600) / 10).toFixed(1).padStart(4, '0')}`
}

export function percent(share: number | undefined): string {
  return share === undefined ? NOTHING : `${(share * 100).toFixed(1)} %`
}

export function rate(perHour: number | undefined): string {
  return perHour === undefined ? NOTHING : perHour.toFixed(1)
}

/** Date and time of day where the machine is. */
export function dateTime(at: number, { locale }: Words, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, {
    timeZone,
    dateStyle: 'medium',
    timeStyle: 'short',
  }).format(at)
}

export function date(at: number, { locale }: Words, timeZone: string): string {
  return new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'medium' }).format(at)
}
