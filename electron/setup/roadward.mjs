#!/usr/bin/env node
/**
 * The `roadward` command. In a clone it builds `dist/` first when a source is newer; an installed
 * package brings `dist/` along.
 */

import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const main = new URL('../../dist/shells/main.js', import.meta.url)

if (await prepare()) await import(main.href)
else process.exitCode = 1

/** Only `serve` shows the screen. @returns {Promise<boolean>} whether it can go on */
async function prepareScreen() {
  if (process.argv[2] !== 'serve') return true
  const screen = await import('./renderer.mjs')
  if (screen.isRendererBuilt() || !screen.canBuildRenderer()) return true
  try {
    await screen.buildRenderer()
    return true
  } catch (error) {
    const { reportFailure } = await import('./setup.mjs')
    reportFailure(error)
    return false
  }
}

/** @returns {Promise<boolean>} whether there is something to run */
async function prepare() {
  const { build, canBuild, isBuilt } = await import('./built.mjs')
  if (isBuilt()) return await prepareScreen()
  const exists = existsSync(fileURLToPath(main))
  if (!canBuild()) {
    if (!exists) process.stderr.write('Roadward is not set up here yet. Run `npm run setup`.\n')
    return exists
  }
  try {
    await build()
    return await prepareScreen()
  } catch (error) {
    const { reportFailure } = await import('./setup.mjs')
    reportFailure(error)
    return false
  }
}
