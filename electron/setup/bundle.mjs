/**
 * Bundles Electron's two entries to `dist/electron`: the main process, so that a package needs no
 * `node_modules` in its archive, and the preload, which a sandboxed page cannot load modules in.
 */

import { repoPath } from './paths.mjs'

/**
 * Packages in CommonJS ask for Node's own modules by `require`, which a module lacks. esbuild does
 * not see these names: a package may import `createRequire` itself.
 */
const REQUIRE = `import { createRequire as createRequireOfBundle } from 'node:module'
const require = createRequireOfBundle(import.meta.url)`

/** @type {import('esbuild').BuildOptions} */
const COMMON = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  external: ['electron'],
  sourcemap: 'linked',
  logLevel: 'silent',
}

/** @returns {Promise<void>} */
export async function bundleApp() {
  // Not there before the packages are.
  const { build } = await import('esbuild')
  await Promise.all([
    build({
      ...COMMON,
      entryPoints: [repoPath('electron/main.ts')],
      format: 'esm',
      banner: { js: REQUIRE },
      outfile: repoPath('dist/electron/main.js'),
    }),
    build({
      ...COMMON,
      entryPoints: [repoPath('electron/preload.ts')],
      format: 'cjs',
      outfile: repoPath('dist/electron/preload.cjs'),
    }),
  ])
}
