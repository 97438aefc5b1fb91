import { buildRenderer, isRendererBuilt } from '../../electron/setup/renderer.mjs'

/** Tests in a browser need the screen as the sources describe it. */
export async function ensureRendererBuilt(): Promise<void> {
  if (!isRendererBuilt()) await buildRenderer()
}
