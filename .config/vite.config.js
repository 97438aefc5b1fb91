import { fileURLToPath } from 'node:url'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** @param {string} path relative to the top of the repository */
const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** The screen: `renderer/` to `dist/renderer/`. */
export default defineConfig({
  root: at('renderer'),
  // Relative, so that a browser and Electron's own scheme may serve it alike.
  base: './',
  publicDir: at('renderer/public'),
  plugins: [react()],
  build: {
    outDir: at('dist/renderer'),
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The screen in one file, and the Chinese faces by range: nothing is fetched over a network.
    chunkSizeWarningLimit: 1000,
  },
})
