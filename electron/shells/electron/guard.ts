import type { App, Session, WebContents } from 'electron'
import { APP_ORIGIN } from '../../contract/bridge.ts'

type Permission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1]

/** Everything that the page may ask of the machine, and why. What is not here is refused. */
const PERMISSIONS: ReadonlyMap<Permission, string> = new Map([
  ['fullscreen', 'the Driver view on a dashboard fills the screen'],
])

/** The page asks for nothing: cameras are the engine's, files are the shell's. */
export function guardSession(
  session: Pick<Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler'>,
): void {
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

/** @param url of a frame; `new URL().origin` is `null` for schemes that Node does not know */
export function isOurs(url: string): boolean {
  return url.startsWith(`${APP_ORIGIN}/`)
}
