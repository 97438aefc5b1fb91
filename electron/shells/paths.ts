import { fileURLToPath } from 'node:url'

/** Folders of the installation, seen from the built file `dist/shells/paths.js`. */
const root = new URL('../../', import.meta.url)

export const MODELS_DIR = fileURLToPath(new URL('models/', root))

export const ENGINE_ENTRY = fileURLToPath(new URL('dist/engine/process.js', root))
