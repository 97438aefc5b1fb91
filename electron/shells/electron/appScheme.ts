import type { Protocol } from 'electron'
import { screenApp, type ScreenAppOptions } from '../../app/screens/screenApp.ts'
import { APP_ORIGIN } from '../../contract/bridge.ts'

const SCHEME = 'app'

/** To be called before Electron is ready. `app:` is to the page what `https:` is, without a network. */
export function declareAppScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, stream: true }
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges }])
}

/** Answers `app://roadward` with the screen and the data API. */
export function serveApp(
  protocol: Pick<Protocol, 'handle'>,
  options: Omit<ScreenAppOptions, 'tls'>,
): void {
  const app = screenApp({ ...options, tls: false })
  protocol.handle(SCHEME, async (request) => {
    const { protocol: scheme, host } = new URL(request.url)
    if (`${scheme}//${host}` !== APP_ORIGIN) return new Response('', { status: 404 })
    return await app.fetch(request)
  })
}
