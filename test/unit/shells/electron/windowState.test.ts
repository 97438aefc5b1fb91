import { EventEmitter } from 'node:events'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  keepWindowState,
  readWindowState,
} from '../../../../electron/shells/electron/windowState.ts'

const DISPLAY = { x: 0, y: 0, width: 1920, height: 1080 }
const screen = { getAllDisplays: () => [{ workArea: DISPLAY }] as never }
const newFile = (): string => path.join(mkdtempSync(path.join(tmpdir(), 'roadward-win-')), 'w.json')

function closeWindow(file: string, bounds: object, kiosk = false): void {
  const window = Object.assign(new EventEmitter(), {
    getNormalBounds: () => bounds,
    isMaximized: () => true,
    isKiosk: () => kiosk,
  })
  keepWindowState(file, window as never)
  window.emit('close')
}

describe('the place of the window', () => {
  const bounds = { x: 100, y: 50, width: 1280, height: 800 }

  it('is where it was', () => {
    const file = newFile()
    closeWindow(file, bounds)
    expect(readWindowState(file, screen)).toEqual({ ...bounds, maximised: true })
  })

  it('is forgotten when its display is gone', () => {
    const file = newFile()
    closeWindow(file, { ...bounds, x: 2000 })
    expect(readWindowState(file, screen)).toBeUndefined()
    closeWindow(file, { ...bounds, y: -40 })
    expect(readWindowState(file, screen)).toBeUndefined()
  })

  it('is not that of a kiosk, nor of a broken file, nor of none', () => {
    const file = newFile()
    expect(readWindowState(file, screen)).toBeUndefined()
    closeWindow(file, bounds, true)
    expect(readWindowState(file, screen)).toBeUndefined()
    writeFileSync(file, '{"x":')
    expect(readWindowState(file, screen)).toBeUndefined()
  })

  it('is lost without harm when it cannot be written', () => {
    expect(() => {
      closeWindow('/nowhere/w.json', bounds)
    }).not.toThrow()
  })
})
