// Bundles the page and the command line (a fifth of a second), then runs the command line.
import { mkdir } from 'node:fs/promises'
import { build } from 'esbuild'

const here = new URL('.', import.meta.url).pathname
const out = new URL('../../.cache/cabin/', import.meta.url).pathname
await mkdir(out, { recursive: true })
await Promise.all([
  build({
    entryPoints: [`${here}page/page.ts`],
    outfile: `${out}page.js`,
    bundle: true,
    format: 'iife',
    minify: true,
    logLevel: 'warning',
  }),
  build({
    entryPoints: [`${here}node/cli.ts`],
    outfile: `${out}cli.mjs`,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    packages: 'external',
    logLevel: 'warning',
  }),
])
await import(`${out}cli.mjs`)
