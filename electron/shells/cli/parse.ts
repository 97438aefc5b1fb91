import { InvalidArgumentError } from 'commander'

/** Parsers of option values for commander; each error says what would be right. */

export function parseList(text: string): string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

export function parsePositive(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isFinite(value) || value <= 0) {
    throw new InvalidArgumentError('It takes a number above 0.')
  }
  return value
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
