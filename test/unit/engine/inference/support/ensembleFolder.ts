import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** A fold of a manifest as JSON has it; tests break one field at a time. */
export type RawFold = Record<string, unknown> & { name: string; file: string }
export type RawManifest = Record<string, unknown> & { folds: RawFold[] }

export const CLASSES = ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8', 'c9']

/** What fake fold files hold: no network, but a name that the fake runtime knows. */
const contentOf = (name: string): string => `the network of ${name}`

export const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex')

export function rawFold(name: string, changes: Record<string, unknown> = {}): RawFold {
  return {
    name,
    file: `${name}.onnx`,
    sha256: sha256(contentOf(name)),
    input: { name: 'input', shape: [1, 3, 6, 8], dtype: 'float32', layout: 'NCHW' },
    preparation: {
      resize: { width: 8, height: 6, interpolation: 'bilinear', antialias: true },
      colorOrder: 'RGB',
      scale: 1 / 255,
      mean: [0, 0, 0],
      std: [1, 1, 1],
    },
    output: { name: 'logits', kind: 'logits' },
    weight: 1,
    validDrivers: [],
    ...changes,
  }
}

export function rawManifest(folds: RawFold[], changes: Record<string, unknown> = {}): RawManifest {
  return {
    schema: 'roadward-ensemble/1',
    id: 'test',
    version: '1.0.0',
    title: 'Folds for tests',
    classes: CLASSES,
    combination: 'mean-probabilities',
    temperature: 1,
    folds,
    ...changes,
  }
}

/** A folder that is gone after the test (`await using`). */
export class TestFolder implements AsyncDisposable {
  readonly path: string

  private constructor(folder: string) {
    this.path = folder
  }

  static async make(): Promise<TestFolder> {
    return new TestFolder(await mkdtemp(path.join(tmpdir(), 'roadward-ensemble-')))
  }

  /** A folder with a manifest, and the fake file of every fold. */
  static async of(manifest: RawManifest): Promise<TestFolder> {
    const folder = await TestFolder.make()
    await folder.writeManifest(manifest)
    for (const { name, file } of manifest.folds) {
      if (!file.includes('/')) await folder.write(file, contentOf(name))
    }
    return folder
  }

  async write(file: string, content: string | Uint8Array): Promise<void> {
    await writeFile(path.join(this.path, file), content)
  }

  async writeManifest(manifest: unknown): Promise<void> {
    await this.write('manifest.json', JSON.stringify(manifest))
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await rm(this.path, { recursive: true })
  }
}
