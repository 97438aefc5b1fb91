import { createStore } from 'zustand/vanilla'
import { describe, expect, it } from 'vitest'
import { keepDisplayOn } from '../../../renderer/shared/wakeLock.ts'
import { INITIAL_DRIVE, type DriveState } from '../../../renderer/shared/stores/driveState.ts'

/** A browser that holds its display, or refuses. */
function setUp(refuses = false) {
  const log: string[] = []
  const told: string[] = []
  let visible = true
  let seen = (): void => undefined
  const drive = createStore<DriveState>(() => INITIAL_DRIVE)
  keepDisplayOn(
    drive,
    {
      hold: () => {
        log.push('hold')
        if (refuses) return Promise.reject(new Error('the battery is low'))
        return Promise.resolve({
          release: () => {
            log.push('release')
            return Promise.resolve()
          },
        })
      },
      visible: () => visible,
      onVisible: (listener) => (seen = listener),
    },
    ({ code }) => told.push(code),
  )
  return {
    drive,
    log,
    told,
    hide: () => (visible = false),
    show: () => {
      visible = true
      seen()
    },
  }
}

/** What was begun has had its turn. */
const settled = () => new Promise(setImmediate)

describe('the display of a screen in a browser', () => {
  it('stays on while a drive is monitored, and not longer', async () => {
    const { drive, log } = setUp()
    drive.setState({ phase: 'starting' })
    drive.setState({ phase: 'running' })
    drive.setState({ driver: 'safe' })
    drive.setState({ phase: 'ended' })
    await settled()
    expect(log).toEqual(['hold', 'release'])
  })

  it('is held again when the page comes back, which the browser let go of', async () => {
    const { drive, log, hide, show } = setUp()
    show()
    expect(log).toEqual([])
    drive.setState({ phase: 'running' })
    hide()
    show()
    await settled()
    expect(log).toEqual(['hold', 'hold'])
  })

  it('may sleep where the browser refuses, which is said once a drive', async () => {
    const { drive, told, show } = setUp(true)
    drive.setState({ phase: 'running' })
    show()
    await settled()
    expect(told).toEqual(['display-may-sleep'])
    drive.setState({ phase: 'ended' })
    drive.setState({ phase: 'running' })
    await settled()
    expect(told).toHaveLength(2)
  })

  it('is asked for by no hidden page, and a refusal meanwhile is not worth a word', async () => {
    const { drive, log, told, hide } = setUp(true)
    drive.setState({ phase: 'running' })
    hide()
    await settled()
    expect([log, told]).toEqual([['hold'], []])
    drive.setState({ phase: 'ended' })
    drive.setState({ phase: 'running' })
    expect(log).toEqual(['hold'])
  })
})
