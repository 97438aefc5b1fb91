import type { Cabin } from './cabin.ts'
import type { Driver } from './driver.ts'
import type { Pose } from './pose.ts'
import type { Light, View } from './view.ts'

/** Everything that one picture depends on, as plain JSON: equal shots are equal pictures. */
export interface Shot {
  readonly driver: Driver
  readonly cabin: Cabin
  readonly view: View
  readonly light: Light
  /** The body is `part` of the way from one pose to the other. */
  readonly from: Pose
  readonly to: Pose
  readonly part: number
  /** Seconds into the hands' small movements. */
  readonly tS: number
  /** Metres driven, which move the world outside. */
  readonly travelM: number
  /** Radians, positive to the right. */
  readonly steering: number
  /** Camera shake: metres up, metres forward, radians of roll. */
  readonly shake: readonly [number, number, number]
  /** 0 a clear lens, 1 a hand before all of it. */
  readonly cover: number
  /** 1 lit, 0 black. */
  readonly bright: number
  /** A right-hand-drive car: the same cabin seen in a mirror. */
  readonly mirrored: boolean
  readonly grainSeed: number
  readonly width: number
  readonly height: number
}
