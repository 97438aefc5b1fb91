import { InvalidArgumentError } from 'commander'
import { headZoneTextSchema, type HeadZone } from '../../contract/exports.ts'
import { LABEL_LENGTH } from '../../contract/values.ts'

const MOST = 100

/** Parsers of option values for commander; each error says what would be right. */

export function parseList(text: string): string[] {
  const names = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
  if (names.length === 0) throw new InvalidArgumentError('It takes one name or more, as a,b.')
  return names
}

export function parsePositive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It takes a number above 0.')
  }
  return value
}

/** A number of things that are taken together. */
export function parseCount(text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= MOST) return value
  throw new InvalidArgumentError(`It takes a whole number from 1 to ${MOST}.`)
}

export function parseWeights(text: string): number[] {
  return text.split(',').map(parsePositive)
}

export function parseNotNegative(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) {
    throw new InvalidArgumentError('It takes a number, 0 or above.')
  }
  return value
}

export function parseRotation(text: string): 0 | 90 | 180 | 270 {
  const value = Number(text)
  if (value !== 0 && value !== 90 && value !== 180 && value !== 270) {
    throw new InvalidArgumentError('It takes 0, 90, 180 or 270 (degrees, clockwise).')
  }
  return value
}

export interface Region {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export function parseRegion(text: string): Region {
  const numbers = text.split(',').map(Number)
  const [x, y, width, height] = numbers
  if (
    numbers.length !== 4 ||
    !numbers.every((n) => Number.isInteger(n) && n >= 0) ||
    x === undefined ||
    y === undefined ||
    !width ||
    !height
  ) {
    throw new InvalidArgumentError('It takes x,y,width,height in whole pixels, as 80,0,480,480.')
  }
  return { x, y, width, height }
}

/** A day of the local calendar, at its beginning. */
export function parseDate(text: string): Date {
  const [, year, month, day] = (/^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? []).map(Number)
  const date = new Date(year ?? NaN, (month ?? NaN) - 1, day ?? NaN)
  // 2026-02-30 would become a day in March.
  if (date.getDate() !== day) throw new InvalidArgumentError('It takes a date, as 2026-11-24.')
  return date
}

export function parseHeadZone(text: string): HeadZone {
  const parsed = headZoneTextSchema.safeParse(text)
  if (parsed.success) return parsed.data
  throw new InvalidArgumentError('It takes x,y,width,height in percent, as 0,0,100,65.')
}

/** Name of a driver or a vehicle, which new drives are labelled with. */
export function parseLabel(text: string): string {
  const label = text.trim()
  if (label.length <= LABEL_LENGTH) return label
  throw new InvalidArgumentError(
    `It has ${label.length} characters; a label takes at most ${LABEL_LENGTH}.`,
  )
}

/** Numbers of drives and of alerts. */
export function parseId(text: string): number {
  if (!/^[1-9]\d{0,14}$/.test(text)) throw new InvalidArgumentError('It takes a whole number.')
  return Number(text)
}
