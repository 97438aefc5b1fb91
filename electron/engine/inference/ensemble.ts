import type { Manifest } from '../../contract/manifest.ts'
import { combine } from '../../core/ensemble/ensemble.ts'
import { RoadwardError } from '../../core/errors.ts'
import type { Frame, Millis } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import type { Prediction } from '../../core/prediction.ts'
import type { Fold, FoldResult } from './fold.ts'
import { InferenceWorkers, threadsInNetwork } from './inferenceWorkers.ts'
import { readManifest } from './manifest.ts'
import { openFolds, type OpenFolds } from './openFolds.ts'
import { PreparationPlan } from './plan.ts'
import { parsePreferred } from './providers.ts'
import { loadRuntime, type Runtime } from './runtime.ts'
import type { Backbone } from './backbone.ts'

export interface EnsembleOptions {
  /** Execution providers in order of preference: cpu, cuda, tensorrt, dml, coreml. */
  readonly providers?: readonly string[]
  /** Start without broken folds and say so in `problems`, instead of not at all. */
  readonly allowBroken?: boolean
  /** Threads inside one network; two at most when not given. */
  readonly intraOpNumThreads?: number
  /** For tests; everything runs in turn then. */
  readonly runtime?: Runtime
  /** For tests: whether there is a card that CUDA could use. */
  readonly hasCard?: boolean
}

/** A prediction with what it took. */
export interface EnsembleResult extends Prediction {
  /** Wall time; `infer` holds the turns of the event loop between folds. */
  readonly latencyMs: {
    readonly prepare: Millis
    readonly infer: Millis
    readonly combine: Millis
  }
  /** The folds behind `folds`, in the same order. */
  readonly foldNames: readonly string[]
  /** Folds that failed on this frame (NaN, runtime error): the rest answered without them. */
  readonly problems: readonly Problem[]
}

/** The picture on which an ensemble is tried out: a camera's most usual size, mid-grey. */
const GREY: Frame = {
  seq: 0,
  tMs: 0,
  width: 640,
  height: 480,
  pixels: new Uint8Array(640 * 480 * 3).fill(128),
  view: { meanLuma: 128, stdLuma: 0, saturated: 0, changeFromLast: undefined },
}

/**
 * Opens the ensemble in `folder`: manifest, files, networks, one run of each on a grey picture.
 * Whoever opens it closes it (`await using`).
 * @throws RoadwardError naming the fold and the field.
 */
export async function openEnsemble(
  folder: string,
  options: EnsembleOptions = {},
): Promise<Ensemble> {
  const preferred = parsePreferred(options.providers)
  const loaded = await readManifest(folder)
  const { manifest } = loaded
  const runtime = options.runtime ?? (await loadRuntime())
  const workers = new InferenceWorkers(runtime, manifest.folds, options.runtime && 1)
  const plan = new PreparationPlan(manifest.folds)
  plan.begin(GREY)(manifest.folds.map(({ name }) => name))
  try {
    const opened = await openFolds(
      loaded,
      plan,
      {
        preferred,
        asked: options.providers !== undefined,
        hasCard: options.hasCard,
        known: runtime.providers,
        allowBroken: options.allowBroken ?? false,
        intraOpNumThreads:
          options.intraOpNumThreads ?? threadsInNetwork(workers.foldsOfWorkers.length),
      },
      workers,
    )
    return new Ensemble(manifest, plan, opened, workers)
  } catch (error) {
    await workers.close()
    throw error
  }
}

/** Fold models that answer together. Frames are taken one after the other. */
export class Ensemble implements AsyncDisposable {
  readonly manifest: Manifest
  /** The execution provider in use. */
  readonly provider: string
  /** What was wrong at opening: providers passed over, broken folds left out. */
  readonly problems: readonly Problem[]
  readonly #plan: PreparationPlan
  readonly #folds: readonly Fold[]
  readonly #backbones: readonly Backbone[]
  readonly #workers: InferenceWorkers
  /** Names of each worker's folds; the worker that took longest first, so that it waits for no other. */
  #order: readonly (readonly string[])[]
  /** The call under way: inputs are shared, so that a second one must wait. */
  #last: Promise<unknown> = Promise.resolve()
  #closing: Promise<void> | undefined

  constructor(
    manifest: Manifest,
    plan: PreparationPlan,
    opened: OpenFolds,
    workers: InferenceWorkers,
  ) {
    this.manifest = manifest
    this.provider = opened.provider
    this.problems = opened.problems
    this.#plan = plan
    this.#folds = opened.folds
    this.#backbones = opened.backbones
    this.#workers = workers
    this.#order = workers.foldsOfWorkers
  }

  /** Names of the folds that run, in manifest order. */
  get foldNames(): readonly string[] {
    return this.#folds.map(({ name }) => name)
  }

  /**
   * What the folds say of one frame, workers side by side. The event loop turns before every fold;
   * with no other call under way, the frame's pixels are read before the first turn.
   *
   * @param options.folds only these (out-of-fold evaluation, load shedding); weights are
   *   renormalised. All by default.
   * @throws RoadwardError `ensemble-no-fold` when none of the named folds runs, `ensemble-all-nan`
   *   when every fold failed on this frame, `ensemble-closed` after `close`, `inference-worker-died`
   *   when a thread with networks has ended: only a new process has them again.
   */
  async predict(
    frame: Frame,
    options: { readonly folds?: ReadonlySet<string> } = {},
  ): Promise<EnsembleResult> {
    if (this.#closing !== undefined) {
      throw new RoadwardError('ensemble-closed', 'The ensemble has been closed.')
    }
    const result = this.#predictAfter(this.#last, frame, options.folds)
    this.#last = result.catch(() => undefined)
    return result
  }

  /** Runs everything on a grey picture, so that the first real frame is as quick as the others. */
  async warmUp(): Promise<void> {
    await this.predict(GREY)
  }

  /** Waits for the frame under way and frees the networks. May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#last.then(async () => {
      await Promise.all([...this.#folds, ...this.#backbones].map((each) => each.close()))
      await this.#workers.close()
    })
    return this.#closing
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  async #predictAfter(
    last: Promise<unknown>,
    frame: Frame,
    wanted: ReadonlySet<string> | undefined,
  ): Promise<EnsembleResult> {
    await last
    const folds = this.#chosen(wanted)
    const startMs = performance.now()
    const running = this.#begin(frame, folds)
    const preparedMs = performance.now()
    const workers = await Promise.all(running)
    this.#order = workers.toSorted((a, b) => b.tookMs - a.tookMs).map(({ names }) => names)
    const { outputs, foldNames, problems } = inOrder(folds, workers)
    const inferredMs = performance.now()
    const { ended } = this.#workers
    if (ended !== undefined) throw workerDied(ended)
    if (outputs.length === 0) throw this.#allFailed(frame, problems)
    const { combination, temperature } = this.manifest
    const combined = combine(outputs, combination, temperature)
    return {
      seq: frame.seq,
      tMs: frame.tMs,
      ...combined,
      foldNames,
      problems,
      latencyMs: {
        prepare: preparedMs - startMs,
        infer: inferredMs - preparedMs,
        combine: performance.now() - inferredMs,
      },
    }
  }

  /** Sets every worker going as soon as its input is there. */
  #begin(frame: Frame, folds: readonly Fold[]): readonly Promise<LaneResult>[] {
    const prepare = this.#plan.begin(frame)
    return this.#order.map((names) => {
      const worker = folds.filter(({ name }) => names.includes(name))
      prepare(worker.map(({ name }) => name))
      return runInTurn(names, worker)
    })
  }

  #chosen(wanted: ReadonlySet<string> | undefined): readonly Fold[] {
    if (wanted === undefined) return this.#folds
    const folds = this.#folds.filter(({ name }) => wanted.has(name))
    if (folds.length > 0) return folds
    const asked = [...wanted].map((name) => `"${name}"`).join(', ')
    throw new RoadwardError(
      'ensemble-no-fold',
      `Ensemble "${this.manifest.id}" has none of the folds asked for (${asked}).`,
      `Its folds are ${this.foldNames.join(', ')}.`,
    )
  }

  #allFailed(frame: Frame, problems: readonly Problem[]): RoadwardError {
    return new RoadwardError(
      'ensemble-all-nan',
      `Ensemble "${this.manifest.id}": no fold has an answer for frame ${frame.seq}. ${problems[0]?.message ?? ''}`,
      'The models or the machine are at fault: run `roadward doctor`.',
    )
  }
}

/** What the folds of one worker gave. */
interface LaneResult {
  readonly names: readonly string[]
  readonly tookMs: Millis
  readonly byFold: ReadonlyMap<Fold, FoldResult>
  /** Of backbones. */
  readonly problems: readonly Problem[]
}

async function runInTurn(names: readonly string[], folds: readonly Fold[]): Promise<LaneResult> {
  const startMs = performance.now()
  const problems: Problem[] = []
  const failed = new Set<Backbone | undefined>()
  for (const backbone of new Set(folds.map((fold) => fold.backbone))) {
    const problem = await backbone?.run()
    if (problem === undefined) continue
    problems.push(problem)
    failed.add(backbone)
  }
  const byFold = new Map<Fold, FoldResult>()
  for (const fold of folds.filter(({ backbone }) => !failed.has(backbone))) {
    byFold.set(fold, await fold.run())
  }
  return { names, tookMs: performance.now() - startMs, byFold, problems }
}

/** What all workers gave, in the order of `folds`. */
function inOrder(folds: readonly Fold[], workers: readonly LaneResult[]) {
  const byFold = new Map(workers.flatMap((worker) => [...worker.byFold]))
  const results = folds.flatMap((fold) => {
    const result = byFold.get(fold)
    return result === undefined ? [] : [{ name: fold.name, ...result }]
  })
  const given = results.filter((each) => each.kind === 'output')
  const failures = results.filter((each) => each.kind === 'failed')
  return {
    outputs: given.map(({ output }) => output),
    foldNames: given.map(({ name }) => name),
    problems: [
      ...workers.flatMap(({ problems }) => problems),
      ...failures.map(({ problem }) => problem),
    ],
  }
}

function workerDied(cause: Error): RoadwardError {
  return new RoadwardError(
    'inference-worker-died',
    `Networks were lost in the middle of the drive: ${cause.message}.`,
    'The engine is started again; if it happens again, run `roadward doctor`.',
    { cause },
  )
}
