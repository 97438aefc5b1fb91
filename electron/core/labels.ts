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

/** What each class is called on screen and in logs. */
export const CLASS_NAMES: Readonly<Record<ClassId, { readonly en: string; readonly zh: string }>> =
  {
    c0: { en: 'safe driving', zh: '安全驾驶' },
    c1: { en: 'texting, right hand', zh: '右手打字' },
    c2: { en: 'phone, right hand', zh: '右手打电话' },
    c3: { en: 'texting, left hand', zh: '左手打字' },
    c4: { en: 'phone, left hand', zh: '左手打电话' },
    c5: { en: 'operating the radio', zh: '调收音机' },
    c6: { en: 'drinking', zh: '喝饮料' },
    c7: { en: 'reaching behind', zh: '拿后面的东西' },
    c8: { en: 'hair and makeup', zh: '整理头发和化妆' },
    c9: { en: 'talking to passenger', zh: '和其他乘客说话' },
  }
