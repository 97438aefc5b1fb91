import type { App, Session, WebContents } from 'electron'
import { APP_ORIGIN } from '../../contract/bridge.ts'

type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1]

/** Everything that the page may ask of the machine, and why. What is not here is refused. */
const PERMISSIONS: ReadonlyMap<Permission, string> = new Map([
  ['fullscreen', 'the Driver view on a dashboard fills the screen'],
])

/** What Chromium would do on the network by itself (its `--help` of switches names each). */
const QUIET_SWITCHES = [
  'disable-background-networking',
  'disable-component-update',
  'disable-domain-reliability',
  'disable-sync',
  'no-pings',
]

/** Keeps Chromium from reaching out by itself; before it is ready. */
export function stayOffNetwork(app: Pick<App, 'commandLine'>): void {
  for (const name of QUIET_SWITCHES) app.commandLine.appendSwitch(name)
  // The page is served by a scheme of ours: no name is ever looked up.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND')
}

/**
 * The page asks for nothing: cameras are the engine's, files are the shell's. Nothing is fetched
 * from elsewhere either, whoever in Chromium wants it.
 */
export function guardSession(
  session: Pick<
    Session,
    'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'webRequest'
  >,
): void {
  session.webRequest.onBeforeRequest(({ url }, decide) => {
    decide({ cancel: !isLocal(url) })
  })
  session.setPermissionRequestHandler((_contents, permission, decide) => {
    decide(PERMISSIONS.has(permission))
  })
  session.setPermissionCheckHandler((_contents, permission) =>
    [...PERMISSIONS.keys()].some((allowed) => allowed === permission),
  )
}

/** No page leaves `app://roadward`, opens a window, or brings a webview along. */
export function guardNavigation(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents)
  })
}

function guardContents(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }))
  contents.on('will-navigate', (event) => {
    if (!isOurs(event.url)) event.preventDefault()
  })
  contents.on('will-redirect', (event) => {
    event.preventDefault()
  })
  contents.on('will-attach-webview', (event) => {
    event.preventDefault()
  })
}

/** Schemes that reach no network; `devtools:` is what a developer opens by hand. */
const LOCAL_SCHEMES = ['blob:', 'data:', 'devtools:']

/** @param url of a request of the page or of Chromium itself */
function isLocal(url: string): boolean {
  return isOurs(url) || LOCAL_SCHEMES.some((scheme) => url.startsWith(scheme))
}

/** @param url of a frame; `new URL().origin` is `null` for schemes that Node does not know */
export function isOurs(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`)
}
