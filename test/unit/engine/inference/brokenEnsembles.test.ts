import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import {
  openEnsemble,
  type EnsembleOptions,
} from '../../../../electron/engine/inference/ensemble.ts'
import { sha256, TestFolder, type RawFold, type RawManifest } from './support/ensembleFolder.ts'
import { plainFrame } from './support/frames.ts'

const FIXTURES = fileURLToPath(new URL('../../../fixtures/ensembles/', import.meta.url))
const GREEN = plainFrame([60, 160, 40], 640, 480) // c0 of the tiny ensemble

/** A copy of the tiny ensemble to break. */
async function tinyCopy(): Promise<TestFolder> {
  const folder = await TestFolder.make()
  await cp(path.join(FIXTURES, 'tiny'), folder.path, { recursive: true })
  return folder
}

async function manifestOf(folder: TestFolder): Promise<RawManifest> {
  return JSON.parse(await readFile(path.join(folder.path, 'manifest.json'), 'utf8')) as RawManifest
}

/** Changes one fold of the manifest on disk. */
async function edit(
  folder: TestFolder,
  name: string,
  change: (fold: RawFold) => void,
): Promise<void> {
  const manifest = await manifestOf(folder)
  const fold = manifest.folds.find((each) => each.name === name)
  if (fold === undefined) throw new Error(`no fold ${name}`)
  change(fold)
  await folder.writeManifest(manifest)
}

/** Puts another file in a fold's place, with the right hash. */
async function replace(folder: TestFolder, name: string, content: Uint8Array): Promise<void> {
  await folder.write(`${name}.onnx`, content)
  await edit(folder, name, (fold) => {
    fold['sha256'] = sha256(content)
  })
}

async function failure(folder: TestFolder, options: EnsembleOptions = {}): Promise<RoadwardError> {
  try {
    await using ensemble = await openEnsemble(folder.path, { providers: ['cpu'], ...options })
    throw new Error(`it opened with ${ensemble.foldNames.join()}`)
  } catch (error) {
    if (error instanceof RoadwardError) return error
    throw error
  }
}

interface Fault {
  readonly code: string
  /** What the message must say after the manifest's path. */
  readonly says: RegExp
  readonly make: (folder: TestFolder) => Promise<void>
}

const put = (file: string) => async (folder: TestFolder) =>
  replace(folder, 'fold-1', await readFile(path.join(FIXTURES, 'broken', file)))

const FAULTS: Record<string, Fault> = {
  'a missing file': {
    code: 'model-missing',
    says: /fold "fold-1": file fold-1\.onnx is missing\.$/,
    make: (folder) => rm(path.join(folder.path, 'fold-1.onnx')),
  },
  'a folder in place of the file': {
    code: 'model-unreadable',
    says: /fold "fold-1": file fold-1\.onnx cannot be read \(EISDIR\)\.$/,
    make: async (folder) => {
      await rm(path.join(folder.path, 'fold-1.onnx'))
      await mkdir(path.join(folder.path, 'fold-1.onnx'))
    },
  },
  'a file name that no disk can hold': {
    code: 'model-unreadable',
    says: /fold "fold-1": file x{300} cannot be read \(ENAMETOOLONG\)\.$/,
    make: (folder) =>
      edit(folder, 'fold-1', (fold) => {
        fold.file = 'x'.repeat(300)
      }),
  },
  'a changed file': {
    code: 'model-hash-mismatch',
    says: /fold "fold-1": sha256 says [0-9a-f]{12}…, but fold-1\.onnx has [0-9a-f]{12}…: it was changed or is incomplete\.$/,
    make: (folder) => folder.write('fold-1.onnx', 'half a file'),
  },
  'a file that is not ONNX': {
    code: 'model-not-onnx',
    says: /fold "fold-1": file fold-1\.onnx is not an ONNX model that the runtime can run \(.*Protobuf parsing failed\)\.$/,
    make: (folder) => replace(folder, 'fold-1', Buffer.from('<html>404</html>')),
  },
  'an empty file': {
    code: 'model-not-onnx',
    says: /fold "fold-1": file fold-1\.onnx is not an ONNX model/,
    make: (folder) => replace(folder, 'fold-1', new Uint8Array()),
  },
  'a link out of the folder': {
    code: 'model-path-outside',
    says: /fold "fold-1": file fold-1\.onnx is a link that leads out of the folder of the ensemble\.$/,
    make: async (folder) => {
      await rm(path.join(folder.path, 'fold-1.onnx'))
      await symlink(path.join(FIXTURES, 'tiny/fold-1.onnx'), path.join(folder.path, 'fold-1.onnx'))
    },
  },
  'a wrong input name': {
    code: 'model-input-name',
    says: /fold "fold-1": input\.name is "input", but the network's inputs are "pixels"\.$/,
    make: put('wrong-input-name.onnx'),
  },
  'a wrong input type': {
    code: 'model-input-dtype',
    says: /fold "fold-1": input\.dtype is "float32", but the network takes float64\.$/,
    make: put('wrong-dtype.onnx'),
  },
  'a wrong input shape': {
    code: 'model-input-shape',
    says: /fold "fold-1": input\.shape is \[1, 3, 60, 80\], but the network takes \[1, 3, 50, 50\]\.$/,
    make: put('wrong-shape.onnx'),
  },
  'a wrong output name': {
    code: 'model-output-name',
    says: /fold "fold-1": output\.name is "logits", but the network's outputs are "probabilities"\.$/,
    make: put('wrong-output-name.onnx'),
  },
  'a wrong class count': {
    code: 'model-class-count',
    says: /fold "fold-1": output "logits" must give 10 classes, but its shape is \[1, 9\]\.$/,
    make: put('wrong-classes.onnx'),
  },
  'NaN outputs': {
    code: 'model-output-nan',
    says: /fold "fold-1": output "logits" is not a number \(NaN or infinite\) for a plain grey picture\.$/,
    make: put('nan-output.onnx'),
  },
  'infinite outputs': {
    code: 'model-output-nan',
    says: /fold "fold-1": output "logits" is not a number/,
    make: put('infinite-output.onnx'),
  },
  'logits that pass for probabilities': {
    code: 'model-output-kind',
    says: /fold "fold-1": output\.kind is "probabilities", but the values of "logits" are not \(sum -?\d+\.\d+\)\.$/,
    make: (folder) =>
      edit(folder, 'fold-1', (fold) => {
        fold['output'] = { name: 'logits', kind: 'probabilities' }
      }),
  },
}

describe.each(Object.entries(FAULTS))('a fold with %s', (_, { code, says, make }) => {
  it('stops the start, naming manifest, fold and field, with a remedy', async () => {
    await using folder = await tinyCopy()
    await make(folder)
    const error = await failure(folder)
    expect(error.code).toBe(code)
    expect(error.message).toMatch(says)
    expect(error.message).toContain(path.join(folder.path, 'manifest.json'))
    expect(error.tip).toMatch(/\w.*\.$/)
  })

  it('is left out when the user says so, and its absence is shown', async () => {
    await using folder = await tinyCopy()
    await make(folder)
    await using ensemble = await openEnsemble(folder.path, {
      providers: ['cpu'],
      allowBroken: true,
    })
    expect(ensemble.problems.map((problem) => [problem.severity, problem.code])).toEqual([
      ['warning', code],
    ])
    expect(ensemble.problems[0]?.message).toMatch(/ The ensemble runs without this fold\.$/)
    expect(await ensemble.predict(GREEN)).toMatchObject({
      top: 'c0',
      foldNames: ['fold-2', 'fold-3'],
    })
  })
})

describe('an ensemble with several broken folds', () => {
  it('says how many more there are', async () => {
    await using folder = await tinyCopy()
    await rm(path.join(folder.path, 'fold-2.onnx'))
    await folder.write('fold-3.onnx', 'half a file')
    const error = await failure(folder)
    expect(error.code).toBe('model-missing')
    expect(error.message).toMatch(
      /fold "fold-2": file .* is missing\. And 1 more fold is broken\.$/,
    )
  })

  it('does not start with none left, whatever the user says', async () => {
    await using folder = await tinyCopy()
    for (const fold of ['fold-1', 'fold-2', 'fold-3']) await folder.write(`${fold}.onnx`, 'broken')
    expect((await failure(folder)).message).toMatch(/ And 2 more folds are broken\.$/)
    const error = await failure(folder, { allowBroken: true })
    expect(error.code).toBe('ensemble-all-broken')
    expect(error.message).toMatch(/: all folds are broken\. .*fold "fold-1": sha256 says/)
  })
})
