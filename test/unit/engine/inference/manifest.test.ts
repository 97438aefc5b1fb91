import { chmod, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { RoadwardError } from '../../../../electron/core/errors.ts'
import { readManifest } from '../../../../electron/engine/inference/manifest.ts'
import { CLASSES, rawFold, rawManifest, TestFolder } from './support/ensembleFolder.ts'

/** What reading this manifest says, without the path in front. */
async function complaint(manifest: unknown): Promise<readonly [string, string]> {
  await using folder = await TestFolder.make()
  await folder.writeManifest(manifest)
  const error = await failure(folder)
  expect(error.message).toContain(path.join(folder.path, 'manifest.json'))
  return [error.code, error.message.replace(/^.*manifest\.json: /, '')]
}

async function failure(folder: TestFolder): Promise<RoadwardError> {
  const error: unknown = await readManifest(folder.path).catch((thrown: unknown) => thrown)
  if (error instanceof RoadwardError) return error
  throw new Error(`no complaint, but ${JSON.stringify(error)}`)
}

/** Two folds, the second one changed. */
const second = (changes: Record<string, unknown>) =>
  rawManifest([rawFold('fold-1'), rawFold('fold-2', changes)])

function withPreparation(changes: Record<string, unknown>) {
  return second({ preparation: { ...(rawFold('x')['preparation'] as object), ...changes } })
}

const RESIZE = { width: 8, height: 6, interpolation: 'bilinear', antialias: true }

describe('a good manifest', () => {
  it('is read with its defaults filled in', async () => {
    await using folder = await TestFolder.make()
    const fold = rawFold('fold-1', { weight: undefined, validDrivers: undefined })
    await folder.writeManifest(rawManifest([fold]))
    const { manifest, folder: found, where } = await readManifest(folder.path)
    expect([found, where]).toEqual([folder.path, path.join(folder.path, 'manifest.json')])
    expect(manifest.folds[0]).toMatchObject({
      weight: 1,
      validDrivers: [],
      preparation: { mirror: false, extra: 'none' },
    })
  })

  it('may say more of its training and metrics than this version knows', async () => {
    await using folder = await TestFolder.make()
    await folder.writeManifest(
      rawManifest([rawFold('a', { metrics: { accuracy: 0.9, ece: 0.02 } })], {
        training: { data: 'ours', licence: 'MIT', seed: 4 },
      }),
    )
    const { manifest } = await readManifest(folder.path)
    expect(manifest.folds[0]?.metrics).toEqual({ accuracy: 0.9, ece: 0.02 })
    expect(manifest.training).toEqual({ data: 'ours', licence: 'MIT', seed: 4 })
  })
})

describe('a manifest that cannot be read', () => {
  it('does not exist', async () => {
    await using folder = await TestFolder.make()
    expect(await failure(folder)).toMatchObject({
      code: 'manifest-missing',
      message: expect.stringMatching(
        /manifest\.json does not exist: this folder holds no/,
      ) as string,
    })
  })

  it('is not JSON', async () => {
    await using folder = await TestFolder.make()
    await folder.write('manifest.json', '{"schema": ')
    expect(await failure(folder)).toMatchObject({
      code: 'manifest-not-json',
      message: expect.stringMatching(/manifest\.json is not valid JSON: .+\.$/) as string,
    })
  })

  it('is a folder', async () => {
    await using folder = await TestFolder.make()
    await mkdir(path.join(folder.path, 'manifest.json'))
    expect(await failure(folder)).toMatchObject({
      code: 'manifest-unreadable',
      message: expect.stringMatching(/cannot be read \(EISDIR\)/) as string,
    })
  })

  it.skipIf(process.getuid?.() === 0)(
    'is not ours to read (root may read everything)',
    async () => {
      await using folder = await TestFolder.make()
      await folder.write('manifest.json', '{}')
      await chmod(path.join(folder.path, 'manifest.json'), 0)
      expect((await failure(folder)).code).toBe('manifest-unreadable')
    },
  )
})

describe('a manifest with an invalid field', () => {
  it.each([
    ['a list', [], 'the manifest must be an object'],
    [
      'another schema',
      rawManifest([], { schema: 'roadward-ensemble/9' }),
      'schema must be "roadward-ensemble/1"',
    ],
    ['no folds', rawManifest([]), 'folds must have at least 1 entry'],
    [
      'an unknown field',
      rawManifest([rawFold('a')], { temprature: 2 }),
      'the manifest has no field "temprature"',
    ],
    [
      'a temperature of 0',
      rawManifest([rawFold('a')], { temperature: 0 }),
      'temperature must be above 0',
    ],
    [
      'an unknown combination',
      rawManifest([rawFold('a')], { combination: 'median' }),
      'combination must be "mean-probabilities" or "mean-logits" or "geometric"',
    ],
    [
      'an id with spaces',
      rawManifest([rawFold('a')], { id: 'my folds' }),
      /^id must be small letters/,
    ],
    ['no title', rawManifest([rawFold('a')], { title: '' }), 'title must not be empty'],
    ['no version', rawManifest([rawFold('a')], { version: undefined }), 'version is missing'],
    ['a fold without a name', second({ name: undefined }), 'fold number 2: name is missing'],
    [
      'a short hash',
      second({ sha256: 'abc' }),
      'fold "fold-2": sha256 must be 64 hexadecimal digits',
    ],
    ['a negative weight', second({ weight: -1 }), 'fold "fold-2": weight must be above 0'],
    [
      'a batch of two',
      second({ input: { name: 'input', shape: [2, 3, 6, 8], dtype: 'float32', layout: 'NCHW' } }),
      'fold "fold-2": input.shape[0] must be 1',
    ],
    [
      'a shape that is not the resize',
      second({ input: { name: 'input', shape: [1, 3, 8, 6], dtype: 'float32', layout: 'NCHW' } }),
      'fold "fold-2": preparation.resize is 6x8 (height x width), but input.shape asks for 8x6',
    ],
    [
      'a half pixel',
      withPreparation({ resize: { ...RESIZE, width: 8.5 } }),
      'fold "fold-2": preparation.resize.width must be a whole number',
    ],
    [
      'a width in words',
      withPreparation({ resize: { ...RESIZE, width: 'wide' } }),
      'fold "fold-2": preparation.resize.width must be a number',
    ],
    [
      'a crop of nothing',
      withPreparation({ crop: { width: 0, height: 4 } }),
      'fold "fold-2": preparation.crop.width must be at least 1',
    ],
    [
      'a crop of a planet',
      withPreparation({ crop: { width: 100_000, height: 4 } }),
      'fold "fold-2": preparation.crop.width must be at most 8192',
    ],
    [
      'an antialiased area',
      withPreparation({ resize: { ...RESIZE, interpolation: 'area' } }),
      'fold "fold-2": preparation.resize.antialias must be false for area, which averages by nature',
    ],
    [
      'a mean of two channels',
      withPreparation({ mean: [0, 0] }),
      'fold "fold-2": preparation.mean must have at least 3 entries',
    ],
    [
      'a mean of four channels',
      withPreparation({ mean: [0, 0, 0, 0] }),
      'fold "fold-2": preparation.mean must have at most 3 entries',
    ],
    [
      'a standard deviation of 0',
      withPreparation({ std: [1, 0, 1] }),
      'fold "fold-2": preparation.std[1] must be above 0',
    ],
    [
      'a colour order of its own',
      withPreparation({ colorOrder: 'GBR' }),
      'fold "fold-2": preparation.colorOrder must be "RGB" or "BGR"',
    ],
    [
      'a mirror in words',
      withPreparation({ mirror: 'yes' }),
      'fold "fold-2": preparation.mirror must be true or false',
    ],
  ])('such as %s', async (_, manifest, words) => {
    const [code, message] = await complaint(manifest)
    expect(code).toBe('manifest-invalid')
    if (words instanceof RegExp) expect(message).toMatch(words)
    else expect(message).toBe(`${words}.`)
  })

  it('such as classes in another order', async () => {
    const classes = ['c1', 'c0', ...CLASSES.slice(2)]
    expect(await complaint(rawManifest([rawFold('a')], { classes }))).toEqual([
      'classes-out-of-order',
      'classes must be c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, in this order.',
    ])
  })

  it('such as two folds of one name', async () => {
    expect(await complaint(rawManifest([rawFold('a'), rawFold('b'), rawFold('a')]))).toEqual([
      'fold-name-duplicate',
      'fold "a": name is already the name of fold number 1.',
    ])
  })

  it.each([
    '../other/fold.onnx',
    'sub/../../fold.onnx',
    '/etc/passwd',
    'C:\\fold.onnx',
    '..\\fold.onnx',
  ])('such as the file %s, outside of the folder', async (file) => {
    expect(await complaint(second({ file }))).toEqual([
      'model-path-outside',
      'fold "fold-2": file must be a path inside the folder of the ensemble.',
    ])
  })
})
