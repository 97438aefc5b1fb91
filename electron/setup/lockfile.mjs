/** Whether node_modules holds what package-lock.json asks for. Pure. */

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, link?: boolean }} LockEntry
 * @typedef {{ packages?: Record<string, LockEntry> }} Lock
 */

/**
 * npm leaves a list of what it installed in `node_modules/.package-lock.json`, so that
 * nothing has to be asked of npm (which takes a second) to see that nothing changed.
 *
 * @param {Lock} wanted package-lock.json
 * @param {Lock | undefined} installed node_modules/.package-lock.json
 * @param {readonly string[]} needed optional packages that must be there all the same
 * @returns {string | undefined} the first package that is missing or has another version
 */
export function firstDifference(wanted, installed, needed) {
  const present = installed?.packages ?? {}
  for (const [path, entry] of Object.entries(wanted.packages ?? {})) {
    if (path === '' || entry.link === true) continue
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)
    const own = present[path]
    // Optional packages for other platforms are never installed.
    if (own === undefined && entry.optional === true && !needed.includes(name)) continue
    if (own?.version !== entry.version) return name
  }
  return undefined
}
