import type { Menu, MenuItemConstructorOptions, Tray } from 'electron'
import type { Words } from './words.ts'

export interface MenuActions {
  readonly show: () => void
  readonly stop: () => void
  readonly quit: () => void
}

type MenuMaker = Pick<typeof Menu, 'buildFromTemplate' | 'setApplicationMenu'>

/** The menu bar; in a kiosk there is none, and none of its keys. */
export function setMenuBar(
  menu: MenuMaker,
  words: Words,
  { kiosk, platform }: { readonly kiosk: boolean; readonly platform: NodeJS.Platform },
): void {
  menu.setApplicationMenu(kiosk ? null : menu.buildFromTemplate(bar(words, platform)))
}

/** In a locked kiosk it only shows the window: the rest wants the PIN, which the screen asks for. */
export function setTrayMenu(
  menu: MenuMaker,
  tray: Pick<Tray, 'setContextMenu' | 'setToolTip'>,
  words: Words,
  { locked, ...actions }: MenuActions & { readonly locked: boolean },
): void {
  tray.setToolTip(words.app)
  tray.setContextMenu(
    menu.buildFromTemplate([
      { label: words.show, click: actions.show },
      ...(locked
        ? []
        : [
            { label: words.stop, click: actions.stop },
            { type: 'separator' as const },
            { label: words.quit, click: actions.quit },
          ]),
    ]),
  )
}

function bar(words: Words, platform: NodeJS.Platform): MenuItemConstructorOptions[] {
  const view: MenuItemConstructorOptions = {
    label: words.view,
    submenu: [
      { role: 'reload', label: words.reload },
      { role: 'togglefullscreen', label: words.fullScreen },
      { type: 'separator' },
      { role: 'zoomIn', label: words.zoomIn },
      { role: 'zoomOut', label: words.zoomOut },
      { role: 'resetZoom', label: words.actualSize },
    ],
  }
  const quit: MenuItemConstructorOptions = { role: 'quit', label: words.quit }
  const first: MenuItemConstructorOptions[] =
    platform === 'darwin'
      ? [{ role: 'about', label: words.about }, { role: 'hide', label: words.hide }, quit]
      : [quit]
  return [{ label: words.app, submenu: first }, edit(words), view]
}

/** Without it macOS has no keys for copy and paste in the fields of the screen. */
function edit(words: Words): MenuItemConstructorOptions {
  return {
    label: words.edit,
    submenu: [
      { role: 'undo', label: words.undo },
      { role: 'redo', label: words.redo },
      { type: 'separator' },
      { role: 'cut', label: words.cut },
      { role: 'copy', label: words.copy },
      { role: 'paste', label: words.paste },
      { role: 'selectAll', label: words.selectAll },
    ],
  }
}
