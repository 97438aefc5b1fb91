/** `npm run build`: builds `dist/`, whether or not it is out of date. */

import { build } from './built.mjs'
import { reportFailure } from './setup.mjs'

try {
  await build()
} catch (error) {
  reportFailure(error)
  process.exitCode = 1
}
