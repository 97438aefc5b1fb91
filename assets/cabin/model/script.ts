import { z } from 'zod'
import { CLASSES, SAFE_CLASS } from '../../../electron/core/labels.ts'
import type { ClassId } from '../../../electron/core/labels.ts'

const ms = z.number().int().nonnegative()
const stretch = { fromMs: ms, toMs: ms }

const scriptSchema = z.strictObject({
  /** The same seed gives the same drive. */
  seed: z.string(),
  /** `demo` is the demo drive's own driver, cabin, camera and light; `random` draws them. */
  cast: z.enum(['demo', 'random']),
  light: z.enum(['day', 'dusk', 'night']).optional(),
  fps: z.number().int().min(1).max(60),
  width: z.number().int().min(16),
  height: z.number().int().min(16),
  posterMs: ms.optional(),
  segments: z.array(
    z.strictObject({
      class: z.enum(CLASSES),
      ...stretch,
      /** Another text acts the state in another way. */
      take: z.string().optional(),
    }),
  ),
  glances: z
    .array(
      z.strictObject({
        kind: z.enum(['left-mirror', 'inner-mirror', 'instruments', 'passenger']),
        ...stretch,
      }),
    )
    .default([]),
  covered: z.array(z.strictObject(stretch)).default([]),
  dark: z.array(z.strictObject(stretch)).default([]),
})

/** A drive to be rendered: who does what when, and what the camera suffers. */
export type Script = z.infer<typeof scriptSchema>

/** A longer look away is no glance: Euro NCAP and the others begin to count near two seconds. */
const LONGEST_GLANCE_MS = 1200

interface Stretch {
  readonly fromMs: number
  readonly toMs: number
}

/** What happened in a drive, as `roadward watch` and the tests read it. */
export interface Truth {
  readonly segments: readonly ({ readonly class: ClassId } & Stretch)[]
  readonly covered: readonly Stretch[]
  readonly dark: readonly Stretch[]
}

function check(script: Script): void {
  const { segments } = script
  if (segments.length === 0) throw new Error('segments: a drive needs at least one')
  let endMs = 0
  for (const [index, segment] of segments.entries()) {
    const where = `segments[${index}]`
    if (segment.fromMs !== endMs) {
      throw new Error(`${where} starts at ${segment.fromMs} ms, the one before ends at ${endMs} ms`)
    }
    if (segment.toMs <= segment.fromMs) throw new Error(`${where} ends before it starts`)
    endMs = segment.toMs
  }
  const safe = (what: string, { fromMs, toMs }: Stretch): void => {
    const inside = segments.some(
      (segment) => segment.class === SAFE_CLASS && segment.fromMs <= fromMs && toMs <= segment.toMs,
    )
    if (!inside || toMs <= fromMs) {
      throw new Error(`${what} at ${fromMs} ms must lie within one ${SAFE_CLASS} segment`)
    }
  }
  for (const glance of script.glances) {
    safe('the glance', glance)
    if (glance.toMs - glance.fromMs > LONGEST_GLANCE_MS) {
      throw new Error(`the glance at ${glance.fromMs} ms is longer than ${LONGEST_GLANCE_MS} ms`)
    }
  }
  for (const stretchOfTime of [...script.covered, ...script.dark]) {
    safe('the covered or dark stretch', stretchOfTime)
  }
}

/**
 * Reads a drive's script.
 * @throws when a field is missing or wrong, or the times do not fit together
 */
export function parseScript(json: unknown): Script {
  const parsed = scriptSchema.safeParse(json)
  if (!parsed.success) throw new Error(z.prettifyError(parsed.error))
  check(parsed.data)
  return parsed.data
}

/** The drive's truth: glances are no segments, they are part of safe driving. */
export function truthOf({ segments, covered, dark }: Script): Truth {
  return {
    segments: segments.map((segment) => ({
      class: segment.class,
      fromMs: segment.fromMs,
      toMs: segment.toMs,
    })),
    covered,
    dark,
  }
}
