import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { App } from 'electron'

export interface AutostartParts {
  readonly app: Pick<App, 'setLoginItemSettings'>
  readonly platform: NodeJS.Platform
  /** `~/.config`, or what XDG_CONFIG_HOME says. */
  readonly configHome: string
  /** The program: an AppImage's own file (`APPIMAGE`), not the one that it unpacked. */
  readonly program: string
  /** What the program was started with; what it watches is in the settings. */
  readonly args: readonly string[]
}

const ENTRY = 'roadward.desktop'

/** Starts with the user's session, or no longer; Electron does it itself but for Linux. */
export function setAutostart(wanted: boolean, parts: AutostartParts): void {
  const { app, platform, configHome, program, args } = parts
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted, args: [...args] })
    return
  }
  const folder = path.join(configHome, 'autostart')
  const file = path.join(folder, ENTRY)
  if (!wanted) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, entry([program, ...args]))
}

/** As the Desktop Entry Specification wants it; `%` begins a field code there. */
function entry(words: readonly string[]): string {
  const quoted = words.map(
    (word) => `"${word.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')}"`,
  )
  return `[Desktop Entry]
Type=Application
Name=Roadward
Comment=Real-time in-car distraction monitor
Exec=${quoted.join(' ')}
Terminal=false
X-GNOME-Autostart-enabled=true
`
}
