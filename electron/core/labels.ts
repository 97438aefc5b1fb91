/**
 * The ten State Farm classes, in the order of every probability vector.
 * Source: Kaggle, State Farm Distracted Driver Detection (2016).
 */
export const CLASSES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9'] as const

export type ClassId = (typeof CLASSES)[number]

/** Safe driving: the one class that is not a distraction. */
export const SAFE_CLASS = 'c0' satisfies ClassId

/** Texting and phone classes, which some presets treat more strictly. */
export const PHONE_CLASSES: ReadonlySet<ClassId> = new Set<ClassId>(['c1', 'c2', 'c3', 'c4'])
