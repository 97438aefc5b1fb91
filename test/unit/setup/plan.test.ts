import { describe, expect, it } from 'vitest'
import { plan } from '../../../electron/setup/plan.mjs'
import type { Facts, Plan } from '../../../electron/setup/plan.mjs'

const READY: Facts = {
  nodeVersion: '20.20.2',
  minimumNode: '20.19',
  platform: 'linux',
  systemName: 'Debian GNU/Linux 12 (bookworm)',
  isDebianLike: true,
  privilege: 'none',
  hasCompiler: true,
  hasMake: true,
  hasPython: true,
  hasOpencv: true,
  hasNodeHeaders: true,
  nodeIsDebians: false,
  packagesDiffer: undefined,
  bindingInstalled: true,
  bindingCached: true,
  databaseInstalled: true,
  databaseCached: true,
  databaseGivenUp: false,
  isBuilt: true,
  canBuild: true,
  skipNative: false,
}

/** A fresh clone on a machine that has Node and nothing else. */
const BARE: Facts = {
  ...READY,
  privilege: 'root',
  hasCompiler: false,
  hasMake: false,
  hasPython: false,
  hasOpencv: false,
  packagesDiffer: 'all of them',
  bindingInstalled: false,
  bindingCached: false,
  databaseInstalled: false,
  databaseCached: false,
  isBuilt: false,
}

function everything(facts: Partial<Facts>): Plan {
  return plan({ ...READY, ...facts })
}

function messageOf(decided: Plan): string {
  return decided.kind === 'problem' ? `${decided.message}\n${decided.tip}` : 'no problem'
}

describe('the plan of the set-up', () => {
  it('does nothing where everything is in place', () => {
    expect(everything({})).toEqual({ kind: 'steps', steps: [] })
  })

  it('installs, compiles and builds on a bare machine as root', () => {
    expect(plan(BARE)).toEqual({
      kind: 'steps',
      steps: [
        {
          kind: 'system',
          packages: ['libopencv-videoio-dev', 'g++', 'make', 'python3'],
          sudo: false,
        },
        { kind: 'packages', reason: 'all of them' },
        { kind: 'binding', how: 'compile' },
        { kind: 'database', how: 'compile' },
        { kind: 'build' },
      ],
    })
  })

  it('asks sudo only where the user is not root', () => {
    const decided = plan({ ...BARE, privilege: 'sudo' })
    expect(decided).toMatchObject({ steps: [{ kind: 'system', sudo: true }, {}, {}, {}, {}] })
  })

  it("installs the headers of Debian's own Node, which has none", () => {
    const decided = plan({ ...BARE, nodeIsDebians: true, hasNodeHeaders: false })
    expect(decided).toMatchObject({
      steps: [
        { packages: ['libopencv-videoio-dev', 'g++', 'make', 'python3', 'libnode-dev'] },
        {},
        {},
        {},
        {},
      ],
    })
  })

  it('leaves the headers of any other Node to node-gyp', () => {
    expect(
      everything({ bindingInstalled: false, bindingCached: false, hasNodeHeaders: false }),
    ).toEqual({
      kind: 'steps',
      steps: [{ kind: 'binding', how: 'compile' }],
    })
  })

  it('gives the exact command to somebody without root and without sudo', () => {
    const message = messageOf(plan({ ...BARE, privilege: 'none', hasPython: true }))
    expect(message).toBe(
      'Missing on this machine (Debian GNU/Linux 12 (bookworm)): OpenCV 4 with its headers, a C++ compiler, make.\n' +
        'Run this as root, then the same command again:\n' +
        '  apt-get update && apt-get install -y --no-install-recommends libopencv-videoio-dev g++ make',
    )
  })

  it('names Homebrew on a Mac and vcpkg on Windows', () => {
    const elsewhere = { ...BARE, isDebianLike: false }
    expect(messageOf(plan({ ...elsewhere, platform: 'darwin' }))).toContain('brew install opencv')
    expect(messageOf(plan({ ...elsewhere, platform: 'win32' }))).toContain('vcpkg install')
  })

  it('goes on without apt-get where OpenCV and the compiler are there', () => {
    const decided = everything({
      isDebianLike: false,
      platform: 'darwin',
      bindingInstalled: false,
      bindingCached: false,
    })
    expect(decided).toEqual({ kind: 'steps', steps: [{ kind: 'binding', how: 'compile' }] })
  })

  it('puts what was kept back after npm emptied node_modules, needing no compiler', () => {
    const decided = everything({ packagesDiffer: 'vitest', hasCompiler: false, hasOpencv: false })
    expect(decided).toEqual({
      kind: 'steps',
      steps: [
        { kind: 'packages', reason: 'vitest' },
        { kind: 'binding', how: 'copy' },
        { kind: 'database', how: 'copy' },
      ],
    })
  })

  it('compiles nothing when told to skip the native part', () => {
    expect(plan({ ...BARE, skipNative: true })).toEqual({
      kind: 'steps',
      steps: [{ kind: 'packages', reason: 'all of them' }, { kind: 'build' }],
    })
  })

  it('refuses an old Node by name and says which to install', () => {
    const message = messageOf(plan({ ...BARE, nodeVersion: '18.19.0' }))
    expect(message).toMatch(/Node 18\.19\.0 is too old.*20\.19 or newer[^]*Install Node/)
  })

  it('goes on without the database where there is no compiler and the binding needs none', () => {
    const decided = everything({
      databaseInstalled: false,
      databaseCached: false,
      hasCompiler: false,
      hasOpencv: false,
    })
    expect(decided).toEqual({
      kind: 'steps',
      steps: [{ kind: 'without-database', missing: ['a C++ compiler'] }],
    })
  })

  it('does not compile the database again at every start where it failed', () => {
    const failed = { databaseInstalled: false, databaseCached: false, databaseGivenUp: true }
    expect(everything(failed)).toEqual({ kind: 'steps', steps: [] })
  })

  it('builds nothing in an installation without the TypeScript compiler', () => {
    expect(everything({ isBuilt: false, canBuild: false })).toEqual({ kind: 'steps', steps: [] })
  })
})
