import { readFileSync, writeFileSync } from 'node:fs'
import type { BrowserWindow, Rectangle, Screen } from 'electron'
import * as z from 'zod'

const stateSchema = z.object({
  x: z.int(),
  y: z.int(),
  width: z.int().min(400),
  height: z.int().min(240),
  maximised: z.boolean(),
})

export type WindowState = z.infer<typeof stateSchema>

/** A window of this many pixels of its title bar can still be grabbed. */
const GRABBABLE = { width: 100, height: 32 } as const

/** @returns where the window was, or undefined when that is not known or on no display any more */
export function readWindowState(
  file: string,
  screen: Pick<Screen, 'getAllDisplays'>,
): WindowState | undefined {
  try {
    const state = stateSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    return screen.getAllDisplays().some(({ workArea }) => reachable(state, workArea))
      ? state
      : undefined
  } catch {
    return undefined
  }
}

/** Writes it down when the window closes; a disk that is full costs no more than the place. */
export function keepWindowState(
  file: string,
  window: Pick<BrowserWindow, 'on' | 'getNormalBounds' | 'isMaximized' | 'isKiosk'>,
): void {
  window.on('close', () => {
    if (window.isKiosk()) return
    const state: WindowState = { ...window.getNormalBounds(), maximised: window.isMaximized() }
    try {
      writeFileSync(file, JSON.stringify(state))
    } catch {
      // The next window opens in the middle of the screen.
    }
  })
}

function reachable(window: Rectangle, display: Rectangle): boolean {
  const width =
    Math.min(window.x + window.width, display.x + display.width) - Math.max(window.x, display.x)
  const below = window.y - display.y
  return width >= GRABBABLE.width && below >= 0 && below <= display.height - GRABBABLE.height
}
