import { beforeEach, describe, expect, it } from 'vitest'
import type { DriveRequest } from '../../../../electron/contract/monitorApi.ts'
import type { SettingsPatch } from '../../../../electron/contract/settings.ts'
import type { ClientMessage, ServerMessage } from '../../../../electron/contract/web.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'
import { Hub, type Screen } from '../../../../electron/app/screens/hub.ts'
import { alert, opened, playback, prediction } from '../../../e2e/support/story.mjs'
import { openLock } from '../../../support/openLock.ts'
import { Puppet } from '../../../support/puppet.mjs'

const DRIVE: DriveRequest = {
  source: { uri: 'drive.mp4', options: {} },
  ensemble: { directory: '/models/tiny', allowBroken: false },
  preset: ROADWARD,
  speed: 'realtime',
}

/** A screen without a server or a browser. */
class FakeScreen implements Screen {
  readonly messages: ServerMessage[] = []
  readonly #client: ReturnType<Hub['join']>

  constructor(hub: Hub) {
    this.#client = hub.join(this)
  }

  tell(message: ServerMessage): void {
    this.messages.push(message)
  }

  show(): void {
    throw new Error('asked for no pictures')
  }

  say(message: ClientMessage): Promise<void> {
    return this.#client.message(message)
  }

  leave(): void {
    this.#client.leave()
  }

  of<T extends ServerMessage['type']>(type: T): Extract<ServerMessage, { type: T }>[] {
    return this.messages.filter(
      (message): message is Extract<ServerMessage, { type: T }> => message.type === type,
    )
  }

  get news() {
    return this.of('settings').at(-1)
  }

  get refusals(): string[] {
    return this.of('refused').map(({ problem }) => problem.code)
  }
}

let puppet: Puppet
let hub: Hub
let chosen: DriveRequest[]

async function setUp(patch?: SettingsPatch): Promise<void> {
  puppet = new Puppet()
  const ensembles = [{ id: 'tiny', directory: '/models/tiny', title: 'Tiny', folds: 2 }]
  const catalog = { sources: [], ensembles, presets: [ROADWARD], chosen: DRIVE }
  chosen = []
  hub = new Hub({
    monitor: puppet,
    catalog: () => Promise.resolve(catalog),
    initial: DRIVE,
    onChoice: (request) => chosen.push(request),
    lock: await openLock(patch),
  })
}

describe('a recording on screen', () => {
  beforeEach(() => setUp())

  it('is played as the screen in control asks', async () => {
    const screen = new FakeScreen(hub)
    await screen.say({ type: 'pause' })
    await screen.say({ type: 'seek', tMs: 1234.5 })
    await screen.say({ type: 'step', frames: -1 })
    await screen.say({ type: 'rate', rate: 0.25 })
    await screen.say({ type: 'play' })
    expect(puppet.calls.slice(1)).toEqual(['pause', 'seek 1234.5', 'step -1', 'rate 0.25', 'play'])
  })

  it('is not played by a screen that only looks', async () => {
    new FakeScreen(hub)
    const second = new FakeScreen(hub)
    await second.say({ type: 'pause' })
    await second.say({ type: 'unlock', pin: '2468' })
    expect(second.refusals).toEqual(['only-looking', 'only-looking'])
    expect(puppet.calls).toEqual(['start'])
  })

  it('shows who comes later that it is paused, and nothing from before a jump', () => {
    new FakeScreen(hub)
    const paused = playback({ playing: false, tMs: 9000 })
    puppet.say([opened(false), prediction({ tMs: 0, top: 'c1', share: 0.9 })])
    puppet.say([alert('warning', 'c1', 1500, 0), { type: 'jump', tMs: 9000 }, paused])
    const later = new FakeScreen(hub)
    expect(later.of('events')[0]?.events).toEqual([opened(false), paused])
  })
})

describe('what was chosen', () => {
  it('is kept, but not what may not be started', async () => {
    await setUp()
    const screen = new FakeScreen(hub)
    const other = { ...DRIVE, source: { uri: '1', options: { mirror: true } } }
    await screen.say({ type: 'start', request: other })
    const foreign = { directory: '/tmp/evil', allowBroken: false }
    await screen.say({ type: 'start', request: { ...other, ensemble: foreign } })
    expect(chosen).toEqual([other])
  })

  it('is told to the screen that may start it, and to no other', async () => {
    await setUp({ kiosk: true, pin: '2468' })
    const [screen, looker] = [new FakeScreen(hub), new FakeScreen(hub)]
    const told = (who: FakeScreen) => who.of('catalog').map(({ catalog }) => catalog.chosen)
    await screen.say({ type: 'catalog' })
    await screen.say({ type: 'unlock', pin: '2468' })
    await screen.say({ type: 'catalog' })
    await looker.say({ type: 'catalog' })
    expect([told(screen), told(looker)]).toEqual([[undefined, DRIVE], [undefined]])
  })
})

describe('a locked kiosk', () => {
  beforeEach(() => setUp({ kiosk: true, pin: '2468' }))

  it('lets everybody look, and the driver silence an alert, but nothing else', async () => {
    const screen = new FakeScreen(hub)
    const locked: ClientMessage[] = [
      { type: 'stop' },
      { type: 'start', request: DRIVE },
      { type: 'pause' },
      { type: 'seek', tMs: 0 },
      { type: 'settings', patch: { kiosk: false, pin: '' } },
    ]
    for (const message of locked) await screen.say(message)
    await screen.say({ type: 'acknowledge' })
    await screen.say({ type: 'catalog' })
    expect(screen.refusals).toEqual(locked.map(() => 'locked'))
    expect(screen.of('catalog')).toHaveLength(1)
    expect(puppet.calls).toEqual(['start', 'acknowledge'])
    expect(screen.news).toMatchObject({ locked: true, settings: { kiosk: true, hasPin: true } })
  })

  it('opens with the PIN, and shuts again when it is told to or its screen goes', async () => {
    const screen = new FakeScreen(hub)
    await screen.say({ type: 'unlock', pin: '2468' })
    expect(screen.news?.locked).toBe(false)
    await screen.say({ type: 'settings', patch: { labels: { driver: 'Li Wei' } } })
    expect(screen.news?.settings.labels).toEqual({ driver: 'Li Wei' })
    await screen.say({ type: 'lock' })
    expect(screen.news?.locked).toBe(true)
    await screen.say({ type: 'unlock', pin: '2468' })
    const nextController = new FakeScreen(hub)
    expect(nextController.news?.locked).toBe(false)
    screen.leave()
    expect(nextController.news?.locked).toBe(true)
  })

  it('tells who guesses how long to wait', async () => {
    const screen = new FakeScreen(hub)
    await screen.say({ type: 'unlock', pin: '0000' })
    expect(screen.news?.retryInMs).toBeGreaterThan(0)
    await screen.say({ type: 'unlock', pin: '2468' })
    expect(screen.news?.locked).toBe(true)
  })

  it('has no key for changes through the data API', async () => {
    const screen = new FakeScreen(hub)
    const key = screen.of('welcome')[0]?.key ?? ''
    expect(hub.mayControl(key)).toBe(false)
    await screen.say({ type: 'unlock', pin: '2468' })
    expect([hub.mayControl(key), hub.mayControl('another')]).toEqual([true, false])
  })
})

describe('a locked kiosk whose drive has ended', () => {
  it('is started again without the PIN, but watches nothing else', async () => {
    await setUp({ kiosk: true, pin: '2468' })
    const screen = new FakeScreen(hub)
    await screen.say({ type: 'start', request: DRIVE })
    expect(screen.refusals).toEqual(['locked'])
    puppet.say([{ type: 'failed', problem: { severity: 'error', code: 'x', message: 'x' } }])
    await Promise.resolve()
    const other = { ...DRIVE, source: { uri: '/etc/passwd', options: {} } }
    await screen.say({ type: 'start', request: other })
    expect(screen.refusals).toEqual(['locked', 'locked'])
    await screen.say({ type: 'start', request: DRIVE })
    expect(screen.refusals).toEqual(['locked', 'locked'])
    expect(puppet.calls.filter((call) => call === 'start')).toHaveLength(2)
  })
})
