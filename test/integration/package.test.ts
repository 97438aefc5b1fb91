import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { MonitorEvent } from '../../electron/contract/monitorApi.ts'
import { ROADWARD } from '../../electron/core/monitor/presets/roadward.ts'
import { stage } from '../../electron/setup/stage.mjs'
import { createLog } from '../../electron/app/log.ts'
import { EngineSupervisor } from '../../electron/app/supervision/supervisor.ts'
import { ensureBuilt } from '../support/build.ts'
import { ensureRendererBuilt } from '../support/renderer.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

interface Configuration {
  readonly files: readonly { readonly filter: readonly string[] }[]
  readonly extraResources: readonly { readonly from: string }[]
  readonly electronFuses: Readonly<Record<string, boolean>>
}

/** electron-builder's own reader and checker of configurations; it types neither for others. */
const builder = createRequire(import.meta.url)('app-builder-lib/out/util/config/config.js') as {
  getConfig(folder: string, file: string, more: null): Promise<Configuration>
  validateConfiguration(configuration: object, log: object): Promise<void>
}

const LOG = { isEnabled: false, add: () => undefined }

/** Files of the repository that a careless pattern could take along. */
function tree(): string[] {
  const tops = ['dist', 'electron', 'renderer', 'test', 'models', 'assets', '.config']
  const below = tops.flatMap((top) =>
    readdirSync(path.join(ROOT, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(ROOT, path.join(entry.parentPath, entry.name))),
  )
  return [...below, ...readdirSync(ROOT)]
}

let configuration: Configuration

beforeAll(async () => {
  await ensureBuilt()
  await ensureRendererBuilt()
  configuration = await builder.getConfig(ROOT, 'electron-builder.yml', null)
}, 240_000)

describe('electron-builder.yml', () => {
  it('is one that electron-builder takes', async () => {
    await builder.validateConfiguration(configuration, LOG)
    const misspelt = { ...configuration, extraResource: [] }
    await expect(builder.validateConfiguration(misspelt, LOG)).rejects.toThrow('extraResource')
  })

  it('packs the entries and the screen, and nothing else', () => {
    const patterns = configuration.files.flatMap(({ filter }) => filter)
    const wanted = patterns.filter((pattern) => !pattern.startsWith('!'))
    const unwanted = patterns.filter((pattern) => pattern.startsWith('!')).map((p) => p.slice(1))
    const files = tree()
    for (const pattern of wanted) {
      expect(
        files.some((file) => path.matchesGlob(file, pattern)),
        pattern,
      ).toBe(true)
    }
    const packed = files.filter(
      (file) =>
        wanted.some((pattern) => path.matchesGlob(file, pattern)) &&
        !unwanted.some((pattern) => path.matchesGlob(file, pattern)),
    )
    const { main } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      main: string
    }
    expect(packed).toContain(main)
    expect(packed).toContain('dist/electron/preload.cjs')
    expect(packed).toContain('dist/renderer/index.html')
    const expected =
      /^(package\.json|LICENSE|dist\/electron\/(main\.js|preload\.cjs)|dist\/renderer\/.+)$/
    expect(packed.filter((file) => !expected.test(file))).toEqual([])
  })

  it('blows the fuses that would let others run code in the app', () => {
    expect(configuration.electronFuses).toEqual({
      runAsNode: false,
      enableCookieEncryption: true,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    })
  })
})

describe('the resources of a package', () => {
  let folder = ''

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'roadward-resources-'))
    stage(folder)
  }, 120_000)

  afterAll(() => rm(folder, { recursive: true, force: true }))

  it('run the engine on the demo drive with the Node that they bring', async () => {
    const roadward = path.join(folder, 'roadward')
    const node = path.join(folder, 'node', process.platform === 'win32' ? 'node.exe' : 'node')
    await using supervisor = new EngineSupervisor(
      { entry: path.join(roadward, 'dist/engine/process.js'), execPath: node },
      createLog(false),
    )
    const seen: MonitorEvent[] = []
    const enough = new Promise<void>((resolve) => {
      supervisor.subscribe((event) => {
        seen.push(event)
        if (event.type === 'failed') resolve()
        if (seen.filter(({ type }) => type === 'prediction').length >= 20) resolve()
      })
    })
    supervisor.start({
      source: { uri: path.join(roadward, 'assets/demo/drive.mp4'), options: {} },
      ensemble: {
        directory: path.join(roadward, 'models/demo'),
        providers: ['cpu'],
        allowBroken: false,
      },
      preset: ROADWARD,
      speed: 'max',
    })
    await enough
    expect(seen.filter(({ type }) => type === 'failed')).toEqual([])
    const last = seen.findLast((event) => event.type === 'prediction')
    expect(last?.top).toBe('c0')
  })

  it('hold both ensembles, and no sources, tests or pictures of drivers', () => {
    const files = readdirSync(folder, { recursive: true }).map(String)
    for (const id of ['statefarm', 'demo']) {
      expect(files).toContain(path.join('roadward/models', id, 'manifest.json'))
    }
    const strays = files.filter((file) =>
      /\.(ts|tsx|cc|h|map|npy|pt)$|(^|\/)(\.data|\.venv|training|test)(\/|$)/.test(file),
    )
    expect(strays).toEqual([])
    expect(existsSync(path.join(folder, 'roadward/dist/shells'))).toBe(false)
  })
})
