/**
 * After `npm install`: compiles the OpenCV binding and builds `dist/`, so that `npx roadward`
 * works. Never fails the installation: without OpenCV the sources can still be worked on.
 */

import { reportFailure, setUp } from './setup.mjs'

try {
  await setUp('after-npm')
} catch (error) {
  reportFailure(error)
}
