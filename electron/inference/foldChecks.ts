import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type { ManifestFold } from '../contract/manifest.ts'
import { CLASSES } from '../core/labels.ts'
import { foldFault, type FoldPlace } from './foldFault.ts'
import type { Session } from './runtime.ts'

/** How far a probability vector's sum may be from 1: float16 networks are that rough. */
const SUM_TOLERANCE = 0.01

const listOf = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ')
const shapeOf = (shape: readonly (number | string)[]): string => `[${shape.join(', ')}]`

/**
 * Compares what the network declares with what the manifest says of it.
 * @throws RoadwardError `model-input-name`, `model-input-dtype`, `model-input-shape`,
 *   `model-output-name`, `model-output-dtype` or `model-class-count`.
 */
export function checkSignature(session: Session, spec: ManifestFold, place: FoldPlace): void {
  const { input, output } = spec
  if (session.inputNames.length !== 1 || session.inputNames[0] !== input.name) {
    const words = `input.name is "${input.name}", but the network's inputs are ${listOf(session.inputNames)}`
    throw foldFault(place, 'model-input-name', words)
  }
  checkInput(session.inputMetadata[0], input, place)
  const at = session.outputNames.indexOf(output.name)
  if (at === -1) {
    const words = `output.name is "${output.name}", but the network's outputs are ${listOf(session.outputNames)}`
    throw foldFault(place, 'model-output-name', words)
  }
  const declared = session.outputMetadata[at]
  if (declared?.isTensor !== true || declared.type !== 'float32') {
    const words = `output "${output.name}" must be a float32 tensor, but the network gives ${typeOf(declared)}`
    throw foldFault(place, 'model-output-dtype', words)
  }
  const classes = declared.shape.at(-1)
  if (typeof classes === 'number') checkClassCount(classes, declared.shape, spec, place)
}

/**
 * Checks what the network gave for its first picture.
 * @throws RoadwardError `model-class-count`, `model-output-nan` or `model-output-kind`.
 */
export function checkOutput(value: Tensor | undefined, spec: ManifestFold, place: FoldPlace): void {
  const { name, kind } = spec.output
  if (!(value?.data instanceof Float32Array)) {
    throw foldFault(place, 'model-output-dtype', `output "${name}" is not a float32 tensor`)
  }
  checkClassCount(value.data.length, value.dims, spec, place)
  const values = Array.from(value.data)
  if (!values.every(Number.isFinite)) {
    const words = `output "${name}" is not a number (NaN or infinite) for a plain grey picture`
    throw foldFault(place, 'model-output-nan', words)
  }
  const sum = values.reduce((total, each) => total + each, 0)
  if (kind === 'probabilities' && (Math.abs(sum - 1) > SUM_TOLERANCE || Math.min(...values) < 0)) {
    const words = `output.kind is "probabilities", but the values of "${name}" are not (sum ${sum.toFixed(3)})`
    throw foldFault(place, 'model-output-kind', words, 'Set output.kind to "logits".')
  }
}

function checkInput(
  declared: InferenceSession.ValueMetadata | undefined,
  { dtype, shape }: ManifestFold['input'],
  place: FoldPlace,
): void {
  if (declared?.isTensor !== true || declared.type !== dtype) {
    const words = `input.dtype is "${dtype}", but the network takes ${typeOf(declared)}`
    throw foldFault(place, 'model-input-dtype', words)
  }
  // A dimension with a name is free.
  const fits =
    declared.shape.length === shape.length &&
    declared.shape.every((size, axis) => typeof size === 'string' || size === shape[axis])
  if (fits) return
  const words = `input.shape is ${shapeOf(shape)}, but the network takes ${shapeOf(declared.shape)}`
  throw foldFault(place, 'model-input-shape', words)
}

function checkClassCount(
  count: number,
  shape: readonly (number | string)[],
  { output }: ManifestFold,
  place: FoldPlace,
): void {
  if (count === CLASSES.length) return
  const words = `output "${output.name}" must give ${CLASSES.length} classes, but its shape is ${shapeOf(shape)}`
  throw foldFault(place, 'model-class-count', words)
}

function typeOf(declared: InferenceSession.ValueMetadata | undefined): string {
  return declared?.isTensor === true ? declared.type : 'no tensor'
}
