import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { directDrive } from '../../../assets/cabin/model/drive.ts'
import { solveFigure } from '../../../assets/cabin/model/figure.ts'
import type { Figure } from '../../../assets/cabin/model/figure.ts'
import type { Script } from '../../../assets/cabin/model/script.ts'
import { parseScript, truthOf } from '../../../assets/cabin/model/script.ts'
import type { Shot } from '../../../assets/cabin/model/shot.ts'

const DEMO = new URL('../../../assets/demo/script.json', import.meta.url)
const demo = (): Script => parseScript(JSON.parse(readFileSync(DEMO, 'utf8')))
const figureOf = ({ from, to, part, driver, cabin, steering, tS }: Shot): Figure =>
  solveFigure(from, to, part, { driver, cabin, steering }, tS)

const small = {
  seed: 'small',
  cast: 'random',
  fps: 10,
  width: 64,
  height: 48,
  segments: [
    { class: 'c0', fromMs: 0, toMs: 3000 },
    { class: 'c1', fromMs: 3000, toMs: 6000 },
  ],
}

describe('a script', () => {
  it('says what is wrong and where', () => {
    const [safe, texting] = small.segments
    const cases: readonly (readonly [unknown, RegExp])[] = [
      [{ ...small, segments: [] }, /at least one/],
      [
        { ...small, segments: [safe, { ...texting, fromMs: 3100 }] },
        /segments\[1\] starts at 3100/,
      ],
      [{ ...small, segments: [{ ...safe, toMs: 0 }] }, /ends before it starts/],
      [{ ...small, segments: [{ ...safe, class: 'c10' }] }, /class/],
      [{ ...small, covered: [{ fromMs: 2500, toMs: 3500 }] }, /within one c0 segment/],
      [{ ...small, glances: [{ kind: 'left-mirror', fromMs: 500, toMs: 1900 }] }, /1200 ms/],
      [{ ...small, glances: [{ kind: 'left-mirror', fromMs: 4000, toMs: 4900 }] }, /c0 segment/],
    ]
    for (const [script, message] of cases) expect(() => parseScript(script)).toThrow(message)
  })

  it('keeps glances out of the truth: they are safe driving', () => {
    const script = parseScript({
      ...small,
      glances: [{ kind: 'inner-mirror', fromMs: 1000, toMs: 1900 }],
      dark: [{ fromMs: 200, toMs: 800 }],
    })
    expect(truthOf(script)).toEqual({
      segments: small.segments,
      covered: [],
      dark: [{ fromMs: 200, toMs: 800 }],
    })
  })
})

describe('a drive', () => {
  it('is the same picture at the same time, in whatever order it is asked', () => {
    const drive = directDrive(parseScript(small))
    const later = drive.shotAt(4000)
    expect(drive.frames).toBe(60)
    expect(directDrive(parseScript(small)).shotAt(4000)).toEqual(later)
  })

  it('turns the head for a glance and back', () => {
    const glances = [{ kind: 'passenger', fromMs: 1000, toMs: 2000 }]
    const drive = directDrive(parseScript({ ...small, glances }))
    const yaw = (tMs: number): number => drive.shotAt(tMs).from.head.yaw
    expect(Math.abs(yaw(900))).toBeLessThan(0.3)
    expect(yaw(1500)).toBeGreaterThan(0.7)
    expect(Math.abs(yaw(2050))).toBeLessThan(0.3)
  })

  it('covers the lens and puts out the light only where the script says so', () => {
    const drive = directDrive(demo())
    const { covered, dark } = demo()
    const inside = (stretches: typeof covered, tMs: number): boolean =>
      stretches.some(({ fromMs, toMs }) => fromMs < tMs && tMs < toMs)
    for (let tMs = 50; tMs < 90_000; tMs += 100) {
      const shot = drive.shotAt(tMs)
      expect(shot.cover > 0).toBe(inside(covered, tMs))
      expect(shot.bright < 1).toBe(inside(dark, tMs))
    }
    expect(drive.shotAt(32_500)).toMatchObject({ cover: 1 })
    expect(drive.shotAt(63_000).bright).toBeLessThan(0.01)
  })

  it('moves without jumps: no hand faster than three metres a second', () => {
    const drive = directDrive(demo())
    let before: Figure | undefined
    for (let tMs = 0; tMs < 90_000; tMs += 50) {
      const figure = figureOf(drive.shotAt(tMs))
      for (const side of ['left', 'right'] as const) {
        const moved = before?.[side].hand.wrist.distanceTo(figure[side].hand.wrist) ?? 0
        expect(moved, `${side} wrist at ${tMs} ms`).toBeLessThan(0.15)
      }
      before = figure
    }
  })

  it('takes things up and puts them down at the console, never in mid-air', () => {
    const drive = directDrive(demo())
    const rest = drive.shotAt(0).cabin.hip.y + 0.3
    const heldAt = new Map<string, number>()
    for (let tMs = 0; tMs < 90_000; tMs += 10) {
      const figure = figureOf(drive.shotAt(tMs))
      for (const side of ['left', 'right'] as const) {
        const { hold, grip } = figure[side].hand
        const lowest = hold ? grip.y : heldAt.get(side)
        const changes = (hold !== undefined) !== heldAt.has(side)
        if (changes) expect(lowest, `${side} hand at ${tMs} ms`).toBeLessThan(rest)
        if (hold) heldAt.set(side, grip.y)
        else heldAt.delete(side)
      }
    }
  })
})

describe('the demo drive', () => {
  it('has all ten states, long episodes, and calm between them', () => {
    const { segments, covered, dark, glances } = demo()
    expect(new Set(segments.map((segment) => segment.class)).size).toBe(10)
    expect(segments.at(-1)?.toMs).toBe(90_000)
    for (const [index, { class: state, fromMs, toMs }] of segments.entries()) {
      const last = index === segments.length - 1
      expect(toMs - fromMs).toBeGreaterThanOrEqual(state === 'c0' ? (last ? 1000 : 3000) : 5000)
    }
    expect([covered.length, dark.length]).toEqual([1, 1])
    expect(glances.length).toBeGreaterThanOrEqual(4)
  })

  it('carries the truth of its script', () => {
    const file = new URL('../../../assets/demo/truth.json', import.meta.url)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(truthOf(demo()))
  })
})
