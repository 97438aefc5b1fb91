import type { SharedWords } from '../../../../contract/words/words.ts'

/** Every word of a report; `en.ts` and `zh.ts` have them all, or the types say so. */
export interface Words extends SharedWords {
  /** BCP 47, of the document. */
  readonly lang: string
  /** BCP 47, of dates and numbers. */
  readonly locale: string
  readonly title: Group<'drive' | 'period'>
  readonly facts: Group<
    | 'began'
    | 'lasted'
    | 'driver'
    | 'vehicle'
    | 'period'
    | 'drives'
    | 'source'
    | 'live'
    | 'networks'
    | 'preset'
    | 'several'
    | 'hash'
    | 'made'
    | 'unknown'
    | 'interrupted'
  > & { readonly folds: Counted }
  readonly key: Group<
    'heading' | 'watched' | 'blind' | 'unsafe' | 'alerts' | 'reaction' | 'review' | 'none'
  > & {
    readonly watchedOf: Filled
    readonly blindOf: Filled
    readonly unsafeOf: Filled
    readonly perHour: Filled
    readonly reactionOf: Counted
    readonly reviewOf: Counted
  }
  readonly time: Group<
    'heading' | 'total' | 'safe' | 'unsafe' | 'unsure' | 'blind' | 'share' | 'lasted' | 'state'
  >
  readonly timeline: Group<'heading' | 'caption' | 'minutes' | 'hours' | 'on'>
  readonly classes: Group<'heading' | 'caption' | 'activity' | 'axis' | 'none'>
  readonly alerts: Group<'heading' | 'total' | 'perHour' | 'none' | 'byClass'>
  readonly reaction: Group<
    'heading' | 'caption' | 'axis' | 'median' | 'p95' | 'count' | 'uncleared' | 'none'
  >
  readonly reviews: Group<'heading' | 'falseShare' | 'falseNone'> & {
    readonly falseOf: Counted
  }
  readonly trend: Group<
    | 'heading'
    | 'day'
    | 'week'
    | 'axis'
    | 'noDrive'
    | 'figure'
    | 'now'
    | 'before'
    | 'change'
    | 'noBefore'
  >
  readonly drives: Group<
    'heading' | 'name' | 'began' | 'watched' | 'blind' | 'unsafe' | 'alerts' | 'unreviewed'
  >
  readonly events: Group<
    | 'heading'
    | 'number'
    | 'at'
    | 'drive'
    | 'level'
    | 'activity'
    | 'why'
    | 'lasted'
    | 'reaction'
    | 'review'
    | 'toEnd'
    | 'pictures'
    | 'omitted'
    | 'blurred'
    | 'missing'
    | 'note'
  > & {
    readonly rule: (rule: string, threshold: string) => string
    readonly worst: (shown: number, all: number) => string
  }
  /** By identifier; rules of a user's own preset have none. */
  readonly rules: Readonly<Record<string, string>>
  readonly audit: Group<
    | 'heading'
    | 'caption'
    | 'none'
    | 'from'
    | 'to'
    | 'glances'
    | 'mean'
    | 'long'
    | 'total'
    | 'flag'
    | 'clear'
  > & {
    readonly flagged: (flagged: number, total: number) => string
    readonly faults: Group<'mean' | 'long-share' | 'total'>
  }
  readonly method: { readonly heading: string; readonly points: readonly string[] }
  readonly units: Group<'hours' | 'minutes' | 'seconds'>
  readonly page: { readonly made: Filled }
}

type Group<Keys extends string> = Readonly<Record<Keys, string>>
type Filled = (text: string) => string
type Counted = (count: number) => string
