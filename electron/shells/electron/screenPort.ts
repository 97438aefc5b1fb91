import type { IpcMain, IpcMainEvent, WebContents } from 'electron'
import { CHANNELS } from '../../contract/bridge.ts'
import { clientMessageSchema } from '../../contract/web.ts'
import type { Hub } from '../../app/screens/hub.ts'
import { isOurs } from './guard.ts'

export interface ScreenPortParts {
  readonly ipcMain: Pick<IpcMain, 'on'>
  readonly hub: Pick<Hub, 'join'>
  /** Only its main frame is listened to. */
  readonly contents: () => WebContents | undefined
  readonly onLanguage: (language: 'en' | 'zh') => void
  /** Somebody says what our screen never says. */
  readonly onBreach: (reason: string) => void
}

/** Makes the window one more screen of the hub: the same messages as over a WebSocket. */
export function connectWindow({ ipcMain, hub, contents, onLanguage, onBreach }: ScreenPortParts): {
  leave(): void
} {
  let client: ReturnType<Hub['join']> | undefined

  const leave = (): void => {
    client?.leave()
    client = undefined
  }

  /** @returns the page that may speak, or undefined when this is another */
  const speaker = (event: IpcMainEvent): WebContents | undefined => {
    const ours = contents()
    const frame = event.senderFrame
    if (ours === undefined || event.sender !== ours) return undefined
    return frame !== null && frame.parent === null && isOurs(frame.url) ? ours : undefined
  }

  const listen = (channel: string, take: (page: WebContents, text: string) => void): void => {
    ipcMain.on(channel, (event, text: unknown) => {
      const page = speaker(event)
      if (page === undefined) onBreach(`${channel} from ${event.senderFrame?.url ?? 'nowhere'}`)
      else take(page, typeof text === 'string' ? text : '')
    })
  }

  listen(CHANNELS.open, (page) => {
    // A page that was loaded again is a new screen.
    leave()
    client = hub.join({
      tell: (message) => {
        if (!page.isDestroyed()) page.send(CHANNELS.text, JSON.stringify(message))
      },
      show: (picture) => {
        if (!page.isDestroyed()) page.send(CHANNELS.picture, picture)
      },
    })
  })
  listen(CHANNELS.send, (_page, text) => {
    const message = clientMessageSchema.safeParse(json(text))
    if (!message.success) onBreach(message.error.message)
    else {
      client?.message(message.data).catch((thrown: unknown) => {
        onBreach(String(thrown))
      })
    }
  })
  listen(CHANNELS.speak, (_page, text) => {
    if (text === 'en' || text === 'zh') onLanguage(text)
  })
  return { leave }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
