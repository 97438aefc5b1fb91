import { contextBridge, ipcRenderer } from 'electron'
import { CHANNELS, type Bridge } from './contract/bridge.ts'

/** Nothing but a carrier between the page and the main process. */
const bridge = {
  open: ({ text, picture }) => {
    ipcRenderer.removeAllListeners(CHANNELS.text).removeAllListeners(CHANNELS.picture)
    ipcRenderer.on(CHANNELS.text, (_event, message: string) => {
      text(message)
    })
    ipcRenderer.on(CHANNELS.picture, (_event, bytes: Uint8Array) => {
      picture(bytes)
    })
    ipcRenderer.send(CHANNELS.open)
  },
  send: (text) => {
    ipcRenderer.send(CHANNELS.send, text)
  },
  speak: (language) => {
    ipcRenderer.send(CHANNELS.speak, language)
  },
} satisfies Bridge

contextBridge.exposeInMainWorld('roadward', bridge)
