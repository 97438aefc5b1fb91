/** `node --import` this: modules that ask for `electron` get the stand-in. */

import { register } from 'node:module'

register('./resolve.mjs', import.meta.url)
