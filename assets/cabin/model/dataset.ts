import { CLASSES } from '../../../electron/core/labels.ts'
import type { ClassId } from '../../../electron/core/labels.ts'
import { randomCabin } from './cabin.ts'
import { randomDriver } from './driver.ts'
import { alive, glancing, roadShake, steeringAt } from './motion.ts'
import type { Glance } from './motion.ts'
import { poseOf } from './poses.ts'
import type { Random } from './random.ts'
import { hash, seededRandom } from './random.ts'
import type { Shot } from './shot.ts'
import type { LightKind } from './view.ts'
import { randomLight, randomView } from './view.ts'

/** What `dataset` was asked for. */
export interface DatasetPlan {
  readonly drivers: number
  readonly perClass: number
  readonly seed: string
  readonly width: number
  readonly height: number
  /** Share of drivers in right-hand-drive cars, 0-1. */
  readonly rightHandDrive: number
  /** One light for all pictures; without it each driver meets day, dusk and night. */
  readonly light?: LightKind
  /** JPEG quality of all pictures, 0-1; without it every run has a quality of its own. */
  readonly quality?: number
}

/** One picture of a set, named as State Farm names its own. */
export interface Sample {
  readonly subject: string
  readonly state: ClassId
  readonly file: string
  readonly shot: Shot
}

/** Pictures of one light, camera and way of acting: as a driver who was filmed three times. */
const RUN = 3

/** Right and left change places in a mirror, so the acted state of a right-hand drive does too. */
const IN_MIRROR: Partial<Record<ClassId, ClassId>> = { c1: 'c3', c2: 'c4', c3: 'c1', c4: 'c2' }

const kindOf = (random: Random): LightKind =>
  random.weighted({ day: 0.62, dusk: 0.16, night: 0.22 })

function shotOf(plan: DatasetPlan, driver: Random, state: ClassId, index: number): Shot {
  const run = Math.floor(index / RUN)
  const scene = driver.fork(`run-${run}`)
  const cabin = randomCabin(driver.fork('cabin'))
  const mirrored = driver.fork('side').next() < plan.rightHandDrive
  const acted = mirrored ? (IN_MIRROR[state] ?? state) : state
  const act = driver.fork(`${state}-${run}`)
  const moment = driver.fork(`${state}-${index}`)
  const tS = moment.range(0, 60)
  const seed = hash(`${plan.seed}/${state}/${run}`) % 9973
  const drawn = randomLight(plan.light ?? kindOf(scene.fork('kind')), scene.fork('light'))
  const light = { ...drawn, quality: plan.quality ?? drawn.quality }
  let pose = alive(poseOf(acted, cabin.stackX, act), seed, tS)
  // A safe driver looks about as well: the mirrors and the instruments, not the passenger.
  if (state === 'c0' && moment.chance(0.15)) {
    const glance = moment.pick<Glance>(['left-mirror', 'inner-mirror', 'instruments'])
    pose = glancing(pose, glance, moment.range(0.3, 1))
  }
  return {
    driver: randomDriver(driver.fork('driver')),
    cabin,
    view: randomView(scene.fork('view')),
    light,
    from: pose,
    to: pose,
    part: 0,
    tS,
    travelM: tS * light.outside.speed,
    steering: steeringAt(seed, tS),
    shake: roadShake(seed, tS),
    cover: 0,
    bright: 1,
    mirrored,
    grainSeed: moment.range(0, 1009),
    width: plan.width,
    height: plan.height,
  }
}

/** All pictures of a plan in the order of the csv: driver by driver, class by class. */
export function* samplesOf(plan: DatasetPlan): Generator<Sample> {
  for (let number = 1; number <= plan.drivers; number += 1) {
    const subject = `s${String(number).padStart(3, '0')}`
    const driver = seededRandom(`${plan.seed}/${subject}`)
    for (const state of CLASSES) {
      for (let index = 0; index < plan.perClass; index += 1) {
        const file = `img_${subject}_${state}_${String(index).padStart(3, '0')}.jpg`
        yield { subject, state, file, shot: shotOf(plan, driver, state, index) }
      }
    }
  }
}
