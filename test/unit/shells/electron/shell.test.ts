import { EventEmitter } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { setAutostart } from '../../../../electron/shells/electron/autostart.ts'
import { healPage } from '../../../../electron/shells/electron/crashes.ts'
import { guardSession, stayOffNetwork } from '../../../../electron/shells/electron/guard.ts'
import { setMenuBar, setTrayMenu } from '../../../../electron/shells/electron/menus.ts'
import { holdWindow } from '../../../../electron/shells/electron/holdWindow.ts'
import { findNode } from '../../../../electron/shells/electron/nodeBinary.ts'
import { keepAwake } from '../../../../electron/shells/electron/power.ts'
import { WORDS } from '../../../../electron/shells/electron/words.ts'
import { opened } from '../../../e2e/support/story.mjs'
import { Puppet } from '../../../support/puppet.mjs'

const folder = (): string => mkdtempSync(path.join(tmpdir(), 'roadward-shell-'))

describe('a page that crashes', () => {
  function page() {
    const events = new EventEmitter()
    const log: string[] = []
    const say = (...words: unknown[]): void => {
      log.push(String(words.at(-1)))
    }
    let nowMs = 0
    const contents = Object.assign(events, {
      reload: () => log.push('reload'),
      forcefullyCrashRenderer: () => log.push('end'),
      isDestroyed: () => false,
    })
    const waiting: (() => void)[] = []
    const clock = { nowMs: () => nowMs, later: (_ms: number, job: () => void) => waiting.push(job) }
    healPage(contents as never, { warn: say, error: say } as never, clock)
    return {
      log,
      crash: (atMs: number, reason = 'crashed') => {
        nowMs = atMs
        events.emit('render-process-gone', {}, { reason, exitCode: 5 })
      },
      hang: () => events.emit('unresponsive'),
      waitAMinute: () => {
        waiting.splice(0).forEach((job) => {
          job()
        })
      },
      reloads: () => log.filter((word) => word === 'reload').length,
    }
  }

  it('is loaded again at once, and once a minute when that does not help', () => {
    const { crash, reloads, log, waitAMinute } = page()
    for (const atMs of [0, 1000, 2000, 3000]) crash(atMs)
    expect(reloads()).toBe(3)
    expect(log.at(-1)).toContain('again and again')
    waitAMinute()
    expect(reloads()).toBe(4)
    crash(120_000)
    expect(reloads()).toBe(5)
  })

  it('is left alone when it was closed', () => {
    const { crash, reloads } = page()
    crash(0, 'clean-exit')
    expect(reloads()).toBe(0)
  })

  it('is ended when it hangs, which loads it again', () => {
    const { hang, log } = page()
    hang()
    expect(log.at(-1)).toBe('end')
  })
})

describe('the display', () => {
  it('stays on while a drive is monitored, and not longer', () => {
    const puppet = new Puppet()
    const calls: string[] = []
    keepAwake(puppet, {
      start: (type) => {
        calls.push(`start ${type}`)
        return 7
      },
      stop: (id) => {
        calls.push(`stop ${id}`)
        return true
      },
    })
    puppet.say([opened(), opened()])
    puppet.say([{ type: 'ended', reason: 'stopped', dropped: 0, peakMemoryMb: 1 }])
    puppet.say([{ type: 'failed', problem: { severity: 'error', code: 'x', message: 'x' } }])
    expect(calls).toEqual(['start prevent-display-sleep', 'stop 7'])
  })
})

describe('what the page may ask of the machine', () => {
  it('is to fill the screen, and nothing else', () => {
    const answers: Record<string, boolean> = {}
    guardSession({
      webRequest: { onBeforeRequest: () => undefined } as never,
      setPermissionRequestHandler: (handler) => {
        for (const asked of ['fullscreen', 'media', 'geolocation', 'openExternal'] as const) {
          handler?.({} as never, asked, (granted) => (answers[asked] = granted), {} as never)
        }
      },
      setPermissionCheckHandler: (handler) => {
        answers['check media'] = handler?.(null, 'media', '', {} as never) ?? true
      },
    })
    expect(answers).toEqual({
      fullscreen: true,
      media: false,
      geolocation: false,
      openExternal: false,
      'check media': false,
    })
  })

  it('is nothing from the network, and Chromium looks nothing up by itself', () => {
    const asked = [
      'app://roadward/index.html',
      'blob:app://roadward/1',
      'https://update.example/check',
      'http://127.0.0.1:1/x',
      'wss://app.roadward.example/',
    ]
    const fetched: string[] = []
    const onBeforeRequest = (
      take: (details: { url: string }, decide: (answer: { cancel?: boolean }) => void) => void,
    ): void => {
      for (const url of asked) {
        take({ url }, ({ cancel }) => {
          if (cancel !== true) fetched.push(url)
        })
      }
    }
    guardSession({
      setPermissionRequestHandler: () => undefined,
      setPermissionCheckHandler: () => undefined,
      webRequest: { onBeforeRequest } as never,
    })
    expect(fetched).toEqual(['app://roadward/index.html', 'blob:app://roadward/1'])

    const switches: string[] = []
    stayOffNetwork({
      commandLine: { appendSwitch: (name: string) => switches.push(name) } as never,
    })
    expect(switches).toContain('disable-background-networking')
  })
})

describe('menus', () => {
  const shown: unknown[] = []
  const menu = {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as never,
    setApplicationMenu: (bar: unknown) => shown.push(bar),
  }

  it('are not there in a kiosk', () => {
    setMenuBar(menu, WORDS.en, { kiosk: true, platform: 'linux' })
    expect(shown.at(-1)).toBeNull()
  })

  it.each(['en', 'zh'] as const)('have a word for every item: %s', (language) => {
    setMenuBar(menu, WORDS[language], { kiosk: false, platform: 'darwin' })
    const items = (shown.at(-1) as MenuItemConstructorOptions[]).flatMap(({ label, submenu }) => [
      label,
      ...(submenu as MenuItemConstructorOptions[])
        .filter(({ type }) => type !== 'separator')
        .map((item) => item.label),
    ])
    expect(items.filter((label) => label === undefined || label === '')).toEqual([])
    expect(items).toContain(WORDS[language].quit)
  })
})

describe('a locked kiosk', () => {
  const tray = { setToolTip: () => undefined, setContextMenu: (menu: unknown) => shown.push(menu) }
  const shown: unknown[] = []
  const menu = {
    buildFromTemplate: (template: MenuItemConstructorOptions[]) => template as never,
    setApplicationMenu: () => undefined,
  }
  const labels = (): unknown[] =>
    (shown.at(-1) as MenuItemConstructorOptions[]).map(({ label, type }) => label ?? type)

  it('offers in the tray neither to stop nor to quit, until it is unlocked', () => {
    const done = (): void => undefined
    const actions = { show: done, stop: done, quit: done }
    setTrayMenu(menu, tray, WORDS.en, { ...actions, locked: true })
    expect(labels()).toEqual(['Show Roadward'])
    setTrayMenu(menu, tray, WORDS.en, { ...actions, locked: false })
    expect(labels()).toEqual(['Show Roadward', 'Stop monitoring', 'separator', 'Quit Roadward'])
  })

  it('keeps its window, but does not hold up whoever shuts the computer down', () => {
    const app = new EventEmitter()
    const window = new EventEmitter()
    const lock = { locked: true }
    holdWindow(app as never, window as never, lock)
    let held = 0
    const close = (): void => {
      window.emit('close', { preventDefault: () => (held += 1) })
    }
    close()
    expect(held).toBe(1)
    lock.locked = false
    close()
    expect(held).toBe(1)
    lock.locked = true
    app.emit('before-quit')
    close()
    expect(held).toBe(1)
  })
})

describe('starting with the computer', () => {
  it('is an entry of the desktop on Linux, with the name of the program quoted', () => {
    const configHome = folder()
    const parts = {
      app: { setLoginItemSettings: () => expect.unreachable() },
      platform: 'linux' as const,
      configHome,
      program: '/opt/Road ward/100%/roadward',
      args: ['--kiosk'],
    }
    const file = path.join(configHome, 'autostart/roadward.desktop')
    setAutostart(true, parts)
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Road ward/100%%/roadward" "--kiosk"\n')
    setAutostart(false, parts)
    expect(existsSync(file)).toBe(false)
    setAutostart(false, parts)
  })

  it('is a matter of Electron elsewhere', () => {
    const asked: unknown[] = []
    const app = { setLoginItemSettings: (settings: unknown) => asked.push(settings) }
    const args = ['--kiosk']
    setAutostart(true, { app, platform: 'win32', configHome: '/nowhere', program: 'x', args })
    expect(asked).toEqual([{ openAtLogin: true, args }])
  })
})

describe('the Node of the engine', () => {
  const env = { PATH: '' }

  it('comes with a package', () => {
    const found = findNode({ packaged: true, resourcesPath: '/r', env, platform: 'win32' })
    expect(found).toBe(path.join('/r', 'node', 'node.exe'))
  })

  it('is the one that npm runs on, or the first on PATH', () => {
    const [here, there] = [folder(), folder()]
    for (const each of [here, there]) writeFileSync(path.join(each, 'node'), '', { mode: 0o755 })
    const ask = (more: Record<string, string>): string =>
      findNode({ packaged: false, resourcesPath: '', env: { ...env, ...more }, platform: 'linux' })
    const onPath = ['/nowhere', here, there].join(path.delimiter)
    expect(ask({ PATH: onPath })).toBe(path.join(here, 'node'))
    const npm = path.join(there, 'node')
    expect(ask({ PATH: onPath, npm_node_execpath: npm })).toBe(npm)
  })

  it('is missed in words', () => {
    const none = { packaged: false, resourcesPath: '', env, platform: 'linux' } as const
    expect(() => findNode(none)).toThrow('The engine needs Node')
  })
})
