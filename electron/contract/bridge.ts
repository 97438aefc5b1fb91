/**
 * What Electron's preload puts into the page as `window.roadward`: a carrier of the same messages
 * that the web shell sends over its WebSocket (`contract/web`), and of nothing else.
 */
export interface Bridge {
  /** Opens the way to the monitor; everything before it is forgotten. */
  open(listener: BridgeListener): void
  /** @param text a `ClientMessage` in JSON */
  send(text: string): void
  /** Menus speak the language of the screen. */
  speak(language: 'en' | 'zh'): void
}

interface BridgeListener {
  /** @param text a `ServerMessage` in JSON */
  readonly text: (text: string) => void
  /** @param bytes a packed picture */
  readonly picture: (bytes: Uint8Array) => void
}

/** Names of the messages between the page and Electron's main process. */
export const CHANNELS = {
  open: 'roadward:open',
  send: 'roadward:send',
  speak: 'roadward:speak',
  text: 'roadward:text',
  picture: 'roadward:picture',
} as const

/** Where the screen is in Electron: `app://roadward/index.html`. */
export const APP_ORIGIN = 'app://roadward'
