/** Small wording helpers shared by the steps of the set-up. Pure. */

/**
 * @param {number} ms
 * @returns {string} such as `4 s` or `2 min 05 s`
 */
export function spoken(ms) {
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  return `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`
}

/**
 * What a failed command's log says about its cause, in plain words.
 *
 * @param {string} log
 * @returns {'network' | 'lock-mismatch' | 'no-space' | 'permission' | 'unknown'}
 */
export function causeOf(log) {
  if (/ENOSPC|No space left on device/.test(log)) return 'no-space'
  if (/can only install packages when your package\.json/.test(log)) return 'lock-mismatch'
  if (
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT|Temporary failure resolving|Could not resolve|Could not connect|Connection failed|Unable to connect|network request|\bE40[37]\b/.test(
      log,
    )
  ) {
    return 'network'
  }
  if (/EACCES|Permission denied/.test(log)) return 'permission'
  return 'unknown'
}
