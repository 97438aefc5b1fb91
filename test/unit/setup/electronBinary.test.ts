import { describe, expect, it } from 'vitest'
import { chooseShell } from '../../../electron/setup/electronBinary.mjs'

const DESKTOP = {
  env: { DISPLAY: ':0' },
  platform: 'linux',
  binary: undefined,
  canInstall: true,
  isRoot: false,
  attemptedMsAgo: undefined,
} as const
const HOUR_MS = 3_600_000

describe('the shell of `npm start`', () => {
  it('is Electron where its binary is, and asks for it where it is not', () => {
    const binary = '/electron'
    expect(chooseShell({ ...DESKTOP, binary })).toEqual({ kind: 'electron', binary })
    expect(chooseShell(DESKTOP)).toEqual({ kind: 'download' })
    expect(chooseShell({ ...DESKTOP, env: {}, platform: 'win32' })).toEqual({ kind: 'download' })
  })

  it('is the browser, without a wait, where no window could open', () => {
    expect(chooseShell({ ...DESKTOP, env: {}, binary: '/electron' }).kind).toBe('web')
  })

  it('is the browser for root, who has no sandbox', () => {
    const root = { ...DESKTOP, binary: '/electron', isRoot: true }
    expect(chooseShell(root).kind).toBe('web')
    expect(chooseShell({ ...root, platform: 'win32' }).kind).toBe('electron')
  })

  it('does not wait every time for what could not be had an hour ago', () => {
    expect(chooseShell({ ...DESKTOP, attemptedMsAgo: HOUR_MS }).kind).toBe('web')
    expect(chooseShell({ ...DESKTOP, attemptedMsAgo: 25 * HOUR_MS }).kind).toBe('download')
  })

  it('is what the user says', () => {
    const web = { ...DESKTOP, env: { DISPLAY: ':0', ROADWARD_SHELL: 'web' }, binary: '/electron' }
    expect(chooseShell(web).kind).toBe('web')
    const env = { ROADWARD_SHELL: 'electron' }
    expect(chooseShell({ ...DESKTOP, env, attemptedMsAgo: HOUR_MS }).kind).toBe('download')
  })

  it('is the browser where the package was left out', () => {
    expect(chooseShell({ ...DESKTOP, canInstall: false }).kind).toBe('web')
  })
})
