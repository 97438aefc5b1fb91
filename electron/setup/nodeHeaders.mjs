/** Finds Node's own headers on this machine, which native code is compiled against. */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { headersMatch } from './versions.mjs'

/**
 * @returns {string | undefined} the folder above `include/node`, for node-gyp's `--nodedir`;
 *   without one, node-gyp downloads the headers or finds those it downloaded before
 */
export function nodeHeaderFolder() {
  // A Node from an archive or a version manager brings its headers along, one folder up.
  const places = [dirname(dirname(process.execPath)), '/usr']
  return places.find((place) => {
    const header = join(place, 'include/node/node_version.h')
    return (
      existsSync(header) && headersMatch(readFileSync(header, 'utf8'), process.versions.modules)
    )
  })
}

/** Whether Node came from Debian's own package, which leaves the headers to libnode-dev. */
export function nodeIsDebians() {
  const variables = /** @type {Record<string, unknown>} */ (process.config.variables)
  return process.execPath === '/usr/bin/node' && String(variables['node_shared']) === 'true'
}
