import { describe, expect, it } from 'vitest'
import { ClipKeeper } from '../../../../electron/app/recording/clipKeeper.ts'

const second = 1000
const picture = (tMs: number, bytes = 10) => ({ tMs, jpeg: new Uint8Array(bytes) })

/** Two pictures a second from one moment to another. */
function watch(clips: ClipKeeper, fromMs: number, toMs: number): void {
  for (let tMs = fromMs; tMs <= toMs; tMs += 500) clips.picture(picture(tMs))
}

const timesOf = (clips: ClipKeeper) => clips.take()?.pictures.map(({ tMs }) => tMs) ?? []

describe('clips around events', () => {
  it('keep five seconds before and after, and nothing else', () => {
    const clips = new ClipKeeper('clips')
    watch(clips, 0, 20 * second)
    expect(clips.take()).toBeUndefined()
    clips.event(20 * second)
    watch(clips, 20.5 * second, 40 * second)
    const kept = clips.take()
    expect(kept?.last).toBe(true)
    expect(kept?.pictures[0]?.tMs).toBe(15 * second)
    expect(kept?.pictures.at(-1)?.tMs).toBe(25 * second)
    expect(clips.take()).toBeUndefined()
  })

  it('last while the alert rises, but not for as long as it goes on and on', () => {
    const clips = new ClipKeeper('clips')
    for (let s = 0; s <= 120; s++) {
      clips.event(s * second)
      clips.picture(picture(s * second))
    }
    expect(timesOf(clips).filter((tMs) => tMs <= 60 * second)).toHaveLength(61)
  })

  it('hold no more in memory than they may', () => {
    const clips = new ClipKeeper('clips')
    const megabyte = 1024 * 1024
    for (let tMs = 0; tMs < 5000; tMs += 50) clips.picture(picture(tMs, megabyte))
    clips.event(5000)
    const bytes = clips.take()?.pictures.reduce((sum, { jpeg }) => sum + jpeg.length, 0) ?? 0
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThanOrEqual(32 * megabyte)
  })
})

describe('the whole drive', () => {
  it('is kept, event or not', () => {
    const clips = new ClipKeeper('drive')
    watch(clips, 0, 2 * second)
    clips.event(1 * second)
    expect(timesOf(clips)).toEqual([0, 500, 1000, 1500, 2000])
  })
})
