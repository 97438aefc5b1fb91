import { homedir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * The installation, seen from the built file `dist/app/paths.js` or `dist/electron/main.js`. In a
 * package of Electron all that plain Node processes need lies beside the archive, not in it.
 */
const root = resources() ?? new URL('../../', import.meta.url)

export const MODELS_DIR = fileURLToPath(new URL('models/', root))

export const ENGINE_ENTRY = fileURLToPath(new URL('dist/engine/process.js', root))

export const ARCHIVE_ENTRY = fileURLToPath(new URL('dist/archive/process.js', root))

export const VIEWER_ENTRY = fileURLToPath(new URL('dist/viewer/process.js', root))

export const BLUR_ENTRY = fileURLToPath(new URL('dist/app/exports/privacy/process.js', root))

/** The built screen. */
export const RENDERER_DIR = fileURLToPath(new URL('../renderer/', import.meta.url))

/** Two folders up from the built file, in a package of Electron inside its archive. */
export const PACKAGE_FILE = fileURLToPath(new URL('../../package.json', import.meta.url))

/** Electron's preload, bundled: a sandboxed one can load no modules. */
export const PRELOAD = fileURLToPath(new URL('preload.cjs', import.meta.url))

export const APP_ICON = fileURLToPath(new URL('assets/icons/icon.png', root))

/** Synthetic, and absent from a clone that has not made it. */
export const DEMO_DRIVE = fileURLToPath(new URL('assets/demo/drive.mp4', root))

/** What decides where the data goes; tests pass their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  readonly home: string
}

/**
 * Where this user's settings and recorded drives are: `ROADWARD_DATA` if set, else where the
 * platform keeps such things. Nobody has made it yet.
 */
export function dataDir(around: Partial<Surroundings> = {}): string {
  const { env = process.env, platform = process.platform, home = homedir() } = around
  const { ROADWARD_DATA, XDG_DATA_HOME = '', LOCALAPPDATA } = env
  if (ROADWARD_DATA) return path.resolve(ROADWARD_DATA)
  if (platform === 'darwin') return path.join(home, 'Library', 'Application Support', 'Roadward')
  if (platform === 'win32') {
    return path.join(LOCALAPPDATA ?? path.join(home, 'AppData', 'Local'), 'Roadward')
  }
  // The XDG specification has relative paths ignored.
  const shared = path.isAbsolute(XDG_DATA_HOME) ? XDG_DATA_HOME : path.join(home, '.local', 'share')
  return path.join(shared, 'roadward')
}

/** Only a packaged Electron has resources and is not the default app that runs a folder. */
function resources(): URL | undefined {
  const { resourcesPath, defaultApp } = process as Partial<
    Pick<NodeJS.Process, 'resourcesPath' | 'defaultApp'>
  >
  if (resourcesPath === undefined || defaultApp === true) return undefined
  return pathToFileURL(path.join(resourcesPath, 'roadward', path.sep))
}
