import type { DriveEvent } from '../../../contract/drives.ts'
import type { ClassId } from '../../../core/labels.ts'

/**
 * What the driver did when the alert reached its highest level: an alert is renamed while it lasts,
 * and what it is called at its end may be something else altogether.
 */
export function activityOf({
  steps,
  level,
  class: last,
}: Pick<DriveEvent, 'steps' | 'level' | 'class'>): ClassId {
  return steps.find((step) => step.level === level)?.class ?? last
}
