/** @returns CSS pixels of a row; virtual lists need them, and our sizes follow the screen */
export function rowHeight(rem: number): number {
  return Math.round(rem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize))
}
