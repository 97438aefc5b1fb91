/** Reading of version numbers and of the few system files that carry one. Pure. */

/**
 * @param {string} text such as `v20.19.0`, `11.19.1` or `4.6`
 * @returns {number[]} its leading numbers, `[]` when there are none
 */
export function parseVersion(text) {
  const match = /\d+(?:\.\d+)*/.exec(text)
  return match ? match[0].split('.').map(Number) : []
}

/**
 * @param {string} actual
 * @param {string} wanted a minimum such as `20.19`
 */
export function atLeast(actual, wanted) {
  const have = parseVersion(actual)
  for (const [index, part] of parseVersion(wanted).entries()) {
    const own = have[index] ?? 0
    if (own !== part) return own > part
  }
  return have.length > 0
}

/**
 * @param {string} text of `/etc/os-release`
 * @returns {{ name: string, isDebianLike: boolean }}
 */
export function parseOsRelease(text) {
  /** @param {string} key */
  const value = (key) => new RegExp(`^${key}="?([^"\\n]*)"?$`, 'm').exec(text)?.[1] ?? ''
  const families = `${value('ID')} ${value('ID_LIKE')}`.split(' ')
  return {
    name: value('PRETTY_NAME') || value('ID') || 'an unknown Linux',
    isDebianLike: families.includes('debian') || families.includes('ubuntu'),
  }
}

/**
 * @param {string} header text of OpenCV's `opencv2/core/version.hpp`
 * @returns {string | undefined} such as `4.6.0`
 */
export function opencvVersion(header) {
  const parts = ['MAJOR', 'MINOR', 'REVISION'].map(
    (part) => new RegExp(`^#define CV_VERSION_${part}\\s+(\\d+)`, 'm').exec(header)?.[1],
  )
  return parts.includes(undefined) ? undefined : parts.join('.')
}

/**
 * Whether Node's headers describe the Node that runs: native code compiled against another
 * `NODE_MODULE_VERSION` is refused when it is loaded.
 *
 * @param {string} header text of `node_version.h`
 * @param {string} modules `process.versions.modules`, such as `115`
 */
export function headersMatch(header, modules) {
  return /^#define NODE_MODULE_VERSION\s+(\d+)/m.exec(header)?.[1] === modules
}
