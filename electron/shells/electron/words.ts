import type { Language } from '../../contract/words/words.ts'

/** What Electron itself shows, beside the screen: menus and the tray. */
const EN = {
  app: 'Roadward',
  view: 'View',
  reload: 'Reload screen',
  fullScreen: 'Full screen',
  zoomIn: 'Larger',
  zoomOut: 'Smaller',
  actualSize: 'Normal size',
  edit: 'Edit',
  undo: 'Undo',
  redo: 'Redo',
  cut: 'Cut',
  copy: 'Copy',
  paste: 'Paste',
  selectAll: 'Select all',
  about: 'About Roadward',
  hide: 'Hide Roadward',
  show: 'Show Roadward',
  stop: 'Stop monitoring',
  quit: 'Quit Roadward',
} as const

export type Words = Readonly<Record<keyof typeof EN, string>>

const ZH: Words = {
  app: 'Roadward',
  view: '显示',
  reload: '重新载入画面',
  fullScreen: '全屏',
  zoomIn: '放大',
  zoomOut: '缩小',
  actualSize: '实际大小',
  edit: '编辑',
  undo: '撤销',
  redo: '重做',
  cut: '剪切',
  copy: '复制',
  paste: '粘贴',
  selectAll: '全选',
  about: '关于 Roadward',
  hide: '隐藏 Roadward',
  show: '显示 Roadward',
  stop: '停止监测',
  quit: '退出 Roadward',
}

export const WORDS: Readonly<Record<Language, Words>> = { en: EN, zh: ZH }
