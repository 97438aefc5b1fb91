import { build, isBuilt } from '../../electron/setup/built.mjs'

/**
 * Integration tests fork the built engine and command line. `npm test` builds before they start;
 * this is for `npx vitest` after an edit.
 */
export async function ensureBuilt(): Promise<void> {
  if (!isBuilt()) await build()
}
