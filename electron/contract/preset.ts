import { z } from 'zod'
import { RoadwardError } from '../core/errors.ts'
import { CLASSES, SAFE_CLASS } from '../core/labels.ts'
import type { Preset } from '../core/monitor/preset.ts'
import { findPreset } from '../core/monitor/presets/all.ts'
import { FILTER } from '../core/monitor/presets/filter.ts'
import { ANNOUNCE_WITHIN_MS, checkPreset } from './presetChecks.ts'
import { classSchema, levelSchema } from './values.ts'

const id = z.string().regex(/^[a-z][a-z0-9-]*$/, 'must be lower case letters, digits and hyphens')
const positiveMs = z.number().positive()
const kmh = z.number().min(0)
const hysteresis = z.strictObject({ on: z.number().min(0), off: z.number().min(0) })

const { view } = FILTER
const viewSchema = z.strictObject({
  coveredStd: hysteresis.default(view.coveredStd),
  darkMean: hysteresis.default(view.darkMean),
  darkStd: hysteresis.default(view.darkStd),
  overexposed: hysteresis.default(view.overexposed),
  frozenChange: hysteresis.default(view.frozenChange),
  frozenAfterMs: positiveMs.default(view.frozenAfterMs),
  restoreMs: z.number().min(0).default(view.restoreMs),
})

const filterSchema = z.strictObject({
  transitionsPerSecond: z.number().positive().default(FILTER.transitionsPerSecond),
  correlationMs: positiveMs.default(FILTER.correlationMs),
  outlierShare: z.number().min(0.001).max(0.5).default(FILTER.outlierShare),
  tauMs: positiveMs.default(FILTER.tauMs),
  unsafe: hysteresis.default(FILTER.unsafe),
  split: hysteresis.default(FILTER.split),
  entropy: hysteresis.default(FILTER.entropy),
  surelyUnsafeBelow: z.number().min(0).max(1).default(FILTER.surelyUnsafeBelow),
  contradictionShare: hysteresis.default(FILTER.contradictionShare),
  contradictionTauMs: positiveMs.default(FILTER.contradictionTauMs),
  flickerMs: positiveMs.default(FILTER.flickerMs),
  maxStepMs: positiveMs.default(FILTER.maxStepMs),
  gapLimitMs: positiveMs.max(ANNOUNCE_WITHIN_MS).default(FILTER.gapLimitMs),
  forgetAfterMs: positiveMs.default(FILTER.forgetAfterMs),
  view: viewSchema.prefault({}),
})

const unsafeClass = classSchema.refine((value) => value !== SAFE_CLASS, 'is not an unsafe class')

const ruleSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('dwell'),
    id,
    classes: z.union([z.literal('unsafe'), z.array(unsafeClass).min(1)], {
      error: `must be "unsafe" or a list of ${CLASSES.slice(1).join(', ')}`,
    }),
    steps: z
      .array(
        z.strictObject({
          level: levelSchema,
          afterMs: positiveMs,
          cabOnly: z.boolean().optional(),
        }),
      )
      .min(1),
    fromKmh: kmh.optional(),
    belowKmh: kmh.optional(),
    uncertain: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('cumulative'),
    id,
    level: levelSchema,
    allowedMs: positiveMs,
    windowMs: positiveMs,
    resetMs: positiveMs.optional(),
  }),
  z.strictObject({
    kind: z.literal('unresponsive'),
    id,
    level: levelSchema,
    after: levelSchema,
    afterMs: positiveMs,
  }),
])

const recoverySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('reset') }),
  z.strictObject({
    kind: z.literal('gradual'),
    slowest: z.number().positive(),
    fastest: z.number().positive(),
  }),
])

const uncertaintySchema = z.strictObject({
  resetMs: positiveMs,
  notices: z.array(
    z.strictObject({ code: z.enum(['unsure-long', 'camera-poor']), afterMs: positiveMs }),
  ),
  uncertainMs: positiveMs.optional(),
})

/** Attention that ends uncertainty, and a notice within the ten seconds that Euro NCAP grants. */
const UNCERTAINTY = { resetMs: 2000, notices: [{ code: 'unsure-long' as const, afterMs: 8000 }] }

/** What fields were called up to version 0.1: files and recorded drives of then are read as well. */
const RENAMED_FILTER: Readonly<Record<string, string>> = {
  changesPerSecond: 'transitionsPerSecond',
  evidenceMs: 'correlationMs',
  mistrust: 'outlierShare',
  against: 'contradictionShare',
  againstTauMs: 'contradictionTauMs',
}
const RENAMED: Readonly<Record<string, string>> = { doubt: 'uncertainty' }

function withNewNames(json: unknown): unknown {
  if (!isRecord(json)) return json
  const preset = renamed(json, RENAMED)
  const { filter } = preset
  return isRecord(filter) ? { ...preset, filter: renamed(filter, RENAMED_FILTER) } : preset
}

function renamed(
  json: Readonly<Record<string, unknown>>,
  names: Readonly<Record<string, string>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [names[key] ?? key, value]))
}

function isRecord(json: unknown): json is Readonly<Record<string, unknown>> {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/**
 * A preset as JSON: on the wire complete, in a user's file with the shared filter, the recovery
 * and the uncertainty left out at will. Times are milliseconds, speeds km/h.
 */
const fieldsSchema = z
  .strictObject({
    id,
    title: z.string().min(1).max(60),
    basis: z
      .string()
      .regex(/^timing from /, 'must begin with "timing from ": no preset is certified')
      .max(120),
    filter: filterSchema.prefault({}),
    rules: z.array(ruleSchema).min(1),
    clearMs: positiveMs,
    recovery: recoverySchema.default({ kind: 'reset' }),
    uncertainty: uncertaintySchema.default(UNCERTAINTY),
    slow: z
      .strictObject({ belowKmh: kmh, cap: z.union([levelSchema, z.literal('off')]) })
      .optional(),
    latchFrom: levelSchema.optional(),
    lockOut: z.strictObject({ alerts: z.int().positive(), criticalMs: positiveMs }).optional(),
    repeatMs: positiveMs.optional(),
    sameClassGapMs: positiveMs.optional(),
  })
  .superRefine(checkPreset) satisfies z.ZodType<Preset>

export const presetSchema = z.preprocess(withNewNames, fieldsSchema)

/**
 * Reads a user's preset.
 * @param json the parsed file
 * @param where what the user named, for the message
 * @throws RoadwardError `preset-invalid`, naming the first field that is wrong and the remedy
 */
export function parsePreset(json: unknown, where: string): Preset {
  const parsed = presetSchema.safeParse(json)
  if (!parsed.success) throw invalid(where, parsed.error.issues[0])
  const preset = parsed.data
  if (findPreset(preset.id) !== undefined) {
    const message = `The preset ${where} cannot be used: id "${preset.id}" is that of a preset that ships.`
    throw new RoadwardError('preset-invalid', message, 'Give it an id of its own.')
  }
  return preset
}

function invalid(where: string, issue: z.core.$ZodIssue | undefined): RoadwardError {
  const field = issue === undefined ? '' : fieldOf(issue.path)
  const message = `The preset ${where} cannot be used: ${field} ${issue?.message ?? 'is wrong'}.`
  return new RoadwardError('preset-invalid', message, tipOf(issue))
}

function tipOf(issue: z.core.$ZodIssue | undefined): string {
  const tip: unknown = issue?.code === 'custom' ? issue.params?.['tip'] : undefined
  if (typeof tip === 'string') return tip
  if (issue?.code === 'unrecognized_keys') {
    return `Remove it or correct its name. The presets in electron/core/monitor/presets show every field.`
  }
  return 'Correct this field. The presets in electron/core/monitor/presets show every field with its unit.'
}

/** `rules[0].steps[1].afterMs`, or `the file` for the whole of it. */
function fieldOf(path: readonly PropertyKey[]): string {
  const field = path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
  return field === '' ? 'the file:' : `field ${field.replace(/^\./, '')}:`
}
