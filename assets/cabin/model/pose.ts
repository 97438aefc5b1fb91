/** A point or direction: x forward, y up, z to the right, metres. */
export type Triple = readonly [x: number, y: number, z: number]

/** What a hand can hold. */
export type Prop = 'phone' | 'cup' | 'brush' | 'lipstick'

/** A small movement that a hand repeats while it stays in a pose. */
interface Stir {
  readonly by: Triple
  readonly hz: number
}

interface HandShape {
  /** Where the upper arm and forearm bend to: a direction in the car. */
  readonly elbow: Triple
  /** 0 a flat hand, 1 a fist. */
  readonly curl: number
  /** Curl of the index finger when it differs. */
  readonly index?: number
  /** From the palm to the middle of what is held, metres. */
  readonly girth?: number
  /** 0 the thumb lies along the fingers, 1 it stands off. */
  readonly thumb?: number
  readonly hold?: Prop
  /** The long axis of what is held, in the target's space. */
  readonly axis?: Triple
  readonly stir?: Stir
}

/** A hand on the steering wheel's rim; 0 is the top, positive clockwise as the driver sees it. */
export interface RimTarget extends HandShape {
  readonly space: 'rim'
  readonly angle: number
}

/**
 * A hand elsewhere. `hip` is the car's axes from the driver's hip, scaled with the body;
 * `head` moves with the head, from its centre; `car` is the cabin itself.
 */
export interface FreeTarget extends HandShape {
  readonly space: 'car' | 'hip' | 'head'
  /** What the palm closes on. */
  readonly grip: Triple
  /** Direction from the wrist to the knuckles. */
  readonly fingers: Triple
  /** Direction that the palm faces. */
  readonly palm: Triple
}

export type HandTarget = RimTarget | FreeTarget

/** Angles in radians. Torso angles are against the seat back, head angles against the car. */
export interface Pose {
  readonly torso: { readonly pitch: number; readonly roll: number; readonly yaw: number }
  /** yaw is positive towards the passenger, pitch positive down, roll positive to the passenger. */
  readonly head: { readonly yaw: number; readonly pitch: number; readonly roll: number }
  readonly eyes: { readonly yaw: number; readonly pitch: number }
  readonly right: HandTarget
  readonly left: HandTarget
  /** 0 closed, 1 wide open. */
  readonly mouth: number
  /** The sun visor with its mirror is folded down. */
  readonly visor: boolean
}

const mirrorTriple = ([x, y, z]: Triple): Triple => [x, y, -z]

/** The same hand on the other side of the body. */
export function mirrorHand(hand: HandTarget): HandTarget {
  const shape = {
    elbow: mirrorTriple(hand.elbow),
    ...(hand.axis && { axis: mirrorTriple(hand.axis) }),
    ...(hand.stir && { stir: { ...hand.stir, by: mirrorTriple(hand.stir.by) } }),
  }
  if (hand.space === 'rim') return { ...hand, ...shape, angle: -hand.angle }
  return {
    ...hand,
    ...shape,
    grip: mirrorTriple(hand.grip),
    fingers: mirrorTriple(hand.fingers),
    palm: mirrorTriple(hand.palm),
  }
}
