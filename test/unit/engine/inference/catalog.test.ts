import { cp, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { findEnsemble, listEnsembles } from '../../../../electron/engine/inference/catalog.ts'
import { rawFold, rawManifest, sha256, TestFolder } from './support/ensembleFolder.ts'

const TINY = fileURLToPath(new URL('../../../fixtures/ensembles/tiny/', import.meta.url))

/** tiny; "renamed", whose folder has another name; one with a missing file; one that is no JSON. */
async function modelsFolder(): Promise<TestFolder> {
  const models = await TestFolder.make()
  for (const name of ['tiny', 'a-folder', 'hollow', 'garbled', 'training']) {
    await mkdir(path.join(models.path, name))
  }
  await cp(TINY, path.join(models.path, 'tiny'), { recursive: true })
  const fold = rawFold('one', { sha256: sha256('one') })
  await writeManifest(models, 'a-folder', rawManifest([fold], { id: 'renamed' }))
  await models.write('a-folder/one.onnx', 'one')
  await writeManifest(models, 'hollow', rawManifest([rawFold('lost')], { id: 'hollow' }))
  await writeFile(path.join(models.path, 'garbled/manifest.json'), 'no JSON')
  await models.write('README.md', 'not an ensemble')
  return models
}

async function writeManifest(models: TestFolder, name: string, manifest: unknown): Promise<void> {
  await models.write(`${name}/manifest.json`, JSON.stringify(manifest))
}

describe('listing ensembles', () => {
  it('shows broken ones too, with what is wrong', async () => {
    await using models = await modelsFolder()
    const entries = await listEnsembles(models.path)
    expect(entries.map(({ id, folds, problem }) => [id, folds, problem?.code])).toEqual([
      ['renamed', ['one'], undefined],
      ['garbled', [], 'manifest-not-json'],
      ['hollow', ['lost'], 'model-missing'],
      ['tiny', ['fold-1', 'fold-2', 'fold-3'], undefined],
    ])
    expect(entries[3]).toMatchObject({
      folder: path.join(models.path, 'tiny'),
      title: 'Nearest colour, for tests',
      version: '1.0.0',
    })
  })

  it('is empty where there are no models', async () => {
    expect(await listEnsembles('/nowhere/models')).toEqual([])
  })
})

describe('finding an ensemble', () => {
  it.each([
    ['its folder', 'tiny', 'tiny'],
    ['the id in its manifest', 'renamed', 'a-folder'],
    ['its name although it is broken', 'garbled', 'garbled'],
  ])('goes by %s', async (_, name, folder) => {
    await using models = await modelsFolder()
    expect(await findEnsemble(name, models.path)).toBe(path.join(models.path, folder))
  })

  it('goes by path, also to the manifest itself', async () => {
    const tiny = path.resolve(TINY)
    expect(await findEnsemble(TINY, '/nowhere')).toBe(tiny)
    expect(await findEnsemble(path.relative('.', TINY), '/nowhere')).toBe(tiny)
    expect(await findEnsemble(path.join(TINY, 'manifest.json'), '/nowhere')).toBe(tiny)
  })

  it('lists what there is when there is no such ensemble', async () => {
    await using models = await modelsFolder()
    await expect(findEnsemble('tinny', models.path)).rejects.toMatchObject({
      code: 'ensemble-not-found',
      message: `There is no ensemble "tinny" in ${models.path}.`,
      tip: 'Choose from renamed, garbled, hollow, tiny, or name a folder with a manifest.json.',
    })
    await expect(findEnsemble('tiny', '/nowhere')).rejects.toMatchObject({
      tip: expect.stringContaining('models/training') as string,
    })
  })
})
