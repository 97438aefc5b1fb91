import type { Frame } from '../../core/frame.ts'
import type { Problem } from '../../core/ports.ts'
import type { EnsembleResult } from './ensemble.ts'

/** What the engine needs of an ensemble; `inference/Ensemble` is one, and so is a test's fake. */
export interface EnsemblePort extends AsyncDisposable {
  readonly manifest: {
    readonly id: string
    readonly version: string
    readonly folds: readonly { readonly name: string; readonly validDrivers: readonly string[] }[]
  }
  /** The execution provider in use. */
  readonly provider: string
  readonly problems: readonly Problem[]
  /** Names of the folds that run, in manifest order. */
  readonly foldNames: readonly string[]
  /** @param options.folds only these; all by default */
  predict(frame: Frame, options?: { readonly folds?: ReadonlySet<string> }): Promise<EnsembleResult>
  warmUp(): Promise<void>
}
