import type { ReviewState } from '../drives.ts'
import type { ClassId } from '../../core/labels.ts'
import type { Level } from '../../core/monitor/level.ts'
import type { BlindReason } from '../../core/monitor/view.ts'

/** Ids of presets that ship; others are called what their author called them. */
type PresetId = 'roadward' | 'openpilot' | 'euroncap-2023' | 'eu-addw' | 'fleet-coach'

/** Why nobody is watching; the last three are told by shells and screens, not by the monitor. */
type Reason = BlindReason | 'engine-restarting' | 'connection-lost' | 'other'

/** What the monitor's identifiers are called: the same on screens, in reports and in the terminal. */
export interface SharedWords {
  readonly class: Readonly<Record<ClassId, string>>
  readonly level: Readonly<Record<Level, string>>
  readonly preset: Readonly<Record<PresetId, string>>
  /** What the times of a preset are taken from. */
  readonly basis: Readonly<Record<PresetId, string>>
  readonly blind: Readonly<Record<Reason, string>>
  /** What a reviewer made of an alert. */
  readonly review: Readonly<Record<ReviewState, string>>
  /** The views of the screen. */
  readonly view: Readonly<Record<'monitor' | 'driver' | 'review', string>>
}
