import type { InferenceSession } from 'onnxruntime-node'
import type { ManifestFold } from '../../contract/manifest.ts'
import { CLASSES } from '../../core/labels.ts'
import { foldFault, type FoldPlace } from './foldFault.ts'
import type { Output, Session } from './runtime.ts'

/** How far a probability vector's sum may be from 1: float16 networks are that rough. */
const SUM_TOLERANCE = 0.01

const listOf = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
const shapeOf = (shape: readonly (number | string)[]): string => `[${shape.join(', ')}]`

/** A float32 tensor of a network, and the field of the manifest that speaks of it. */
export interface Port {
  readonly field: 'input' | 'output' | 'trunk.output'
  readonly name: string
  readonly shape: readonly number[]
}

/** What goes into a network and comes out of it. */
export interface Signature {
  readonly input: Port
  readonly output: Port
}

/**
 * Compares what the network declares with what the manifest says of it.
 * @throws RoadwardError `model-input-name`, `model-input-dtype`, `model-input-shape`,
 *   `model-output-name`, `model-output-dtype`, `model-output-shape` or `model-class-count`.
 */
export function checkSignature(
  session: Session,
  { input, output }: Signature,
  place: FoldPlace,
): void {
  if (session.inputNames.length !== 1 || session.inputNames[0] !== input.name) {
    const words = `${input.field}.name is "${input.name}", but the network's inputs are ${listOf(session.inputNames)}`
    throw foldFault(place, 'model-input-name', words)
  }
  checkInput(session.inputMetadata[0], input, place)
  const at = session.outputNames.indexOf(output.name)
  if (at === -1) {
    const words = `${output.field}.name is "${output.name}", but the network's outputs are ${listOf(session.outputNames)}`
    throw foldFault(place, 'model-output-name', words)
  }
  const declared = session.outputMetadata[at]
  if (declared?.isTensor !== true || declared.type !== 'float32') {
    const words = `output "${output.name}" must be a float32 tensor, but the network gives ${typeOf(declared)}`
    throw foldFault(place, 'model-output-dtype', words)
  }
  checkOutputShape(declared.shape, output, place)
}

/**
 * Checks what the network gave for its first picture.
 * @throws RoadwardError `model-class-count`, `model-output-nan` or `model-output-kind`.
 */
export function checkOutput(
  value: Output | undefined,
  { output }: Signature,
  place: FoldPlace,
): Float32Array {
  if (!(value?.data instanceof Float32Array)) {
    throw foldFault(place, 'model-output-dtype', `output "${output.name}" is not a float32 tensor`)
  }
  checkOutputShape(value.dims, output, place)
  if (!value.data.every(Number.isFinite)) {
    const words = `output "${output.name}" is not a number (NaN or infinite) for a plain grey picture`
    throw foldFault(place, 'model-output-nan', words)
  }
  return value.data
}

/**
 * Checks that the first answer of a fold is of the kind that the manifest says.
 * @throws RoadwardError `model-output-kind`
 */
export function checkKind(
  values: Float32Array,
  { name, kind }: ManifestFold['output'],
  place: FoldPlace,
): void {
  const sum = values.reduce((total, each) => total + each, 0)
  if (kind === 'probabilities' && (Math.abs(sum - 1) > SUM_TOLERANCE || Math.min(...values) < 0)) {
    const words = `output.kind is "probabilities", but the values of "${name}" are not (sum ${sum.toFixed(3)})`
    throw foldFault(place, 'model-output-kind', words, 'Set output.kind to "logits".')
  }
}

function checkInput(
  declared: InferenceSession.ValueMetadata | undefined,
  { field, shape }: Port,
  place: FoldPlace,
): void {
  if (declared?.isTensor !== true || declared.type !== 'float32') {
    const words = `${field}.dtype is "float32", but the network takes ${typeOf(declared)}`
    throw foldFault(place, 'model-input-dtype', words)
  }
  if (fits(declared.shape, shape)) return
  const words = `${field}.shape is ${shapeOf(shape)}, but the network takes ${shapeOf(declared.shape)}`
  throw foldFault(place, 'model-input-shape', words)
}

function checkOutputShape(
  given: readonly (number | string)[],
  { field, name, shape }: Port,
  place: FoldPlace,
): void {
  if (fits(given, shape)) return
  if (field === 'output') {
    const words = `output "${name}" must give ${CLASSES.length} classes, but its shape is ${shapeOf(given)}`
    throw foldFault(place, 'model-class-count', words)
  }
  const words = `${field}.shape is ${shapeOf(shape)}, but the network gives ${shapeOf(given)}`
  throw foldFault(place, 'model-output-shape', words)
}

/** A dimension with a name is free. */
function fits(given: readonly (number | string)[], wanted: readonly number[]): boolean {
  const sizes = given.every((size, axis) => typeof size === 'string' || size === wanted[axis])
  return given.length === wanted.length && sizes
}

function typeOf(declared: InferenceSession.ValueMetadata | undefined): string {
  return declared?.isTensor === true ? declared.type : 'no tensor'
}
