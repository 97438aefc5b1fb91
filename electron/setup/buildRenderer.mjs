/** `npm run build:renderer`: builds the screen, whether or not it is out of date. */

import { buildRenderer } from './renderer.mjs'
import { reportFailure } from './setup.mjs'

try {
  await buildRenderer()
} catch (error) {
  reportFailure(error)
  process.exitCode = 1
}
