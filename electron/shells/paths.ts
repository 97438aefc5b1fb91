import { fileURLToPath } from 'node:url'

/** Folders of the installation, seen from the built file `dist/shells/paths.js`. */
const root = new URL('../../', import.meta.url)

export const MODELS_DIR = fileURLToPath(new URL('models/', root))

export const ENGINE_ENTRY = fileURLToPath(new URL('dist/engine/process.js', root))

/** The built screen. */
export const RENDERER_DIR = fileURLToPath(new URL('dist/renderer/', root))

/** Synthetic, and absent from a clone that has not made it. */
export const DEMO_DRIVE = fileURLToPath(new URL('assets/demo/drive.mp4', root))
