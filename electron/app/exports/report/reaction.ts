import type { DriveEvent } from '../../../contract/drives.ts'
import type { Millis } from '../../../core/frame.ts'

/**
 * From the rise of an alert to the driver's attention: an alert clears after `clearMs` of
 * attention, so attention began that long before the clearing. Never below 0. It errs long where
 * the attention was interrupted by doubt or blindness (those do not count towards clearing), and
 * where a preset holds an alert until it is acknowledged.
 *
 * @param clearMs of the drive's preset
 * @returns undefined where the alert was still up when the drive ended
 */
export function reactionMs(
  { tMs, clearedMs }: Pick<DriveEvent, 'tMs' | 'clearedMs'>,
  clearMs: Millis,
): Millis | undefined {
  return clearedMs === undefined ? undefined : Math.max(0, clearedMs - clearMs - tMs)
}
