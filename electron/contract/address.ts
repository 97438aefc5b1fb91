/**
 * What may be shown, stored and exported of an address, in one place: the engine alone gets the
 * whole of it. Cameras take their passwords in front of the host, in the query, and (the commonest
 * ones) in the path: `rtsp://10.0.0.7/user=admin&password=secret&channel=1`.
 */

const HIDDEN = '***'

/** Up to the last `@` before the path: a password may hold one itself. */
const LOGIN = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)@/i

/** Names of values that open something. */
const SECRET =
  /\b((?:access[_-]?token|api[_-]?key|auth|authorization|credential|key|pass|passcode|passwd|password|psw|pwd|secret|session|sid|sig|signature|token)=)(.*?)(?=[&;/?#]|_[a-z]+=|$)/gi

/** Before a name, where words are joined by underscores: `user=admin_password=secret_channel=1`. */
const UNDERSCORED = /_(?=(?:pass|passwd|password|psw|pwd)=)/gi

/** @param uri whatever names a source; what is no address is returned as it is */
export function shownAddress(uri: string): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(uri)) return uri
  return uri
    .replace(LOGIN, (_, scheme: string, login: string) => `${scheme}${shownLogin(login)}@`)
    .replace(UNDERSCORED, '\u0000')
    .replace(SECRET, `$1${HIDDEN}`)
    .replaceAll('\u0000', '_')
}

function shownLogin(login: string): string {
  const colon = login.indexOf(':')
  return colon === -1 ? login : `${login.slice(0, colon)}:${HIDDEN}`
}
