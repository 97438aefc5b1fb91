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
}

const ENTRY = 'roadward.desktop'

/** Starts with the user's session, or no longer; Electron does it itself but for Linux. */
export function setAutostart(wanted: boolean, parts: AutostartParts): void {
  const { app, platform, configHome, program } = parts
  if (platform !== 'linux') {
    app.setLoginItemSettings({ openAtLogin: wanted })
    return
  }
  const folder = path.join(configHome, 'autostart')
  const file = path.join(folder, ENTRY)
  if (!wanted) {
    rmSync(file, { force: true })
    return
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, entry(program))
}

/** As the Desktop Entry Specification wants it; `%` begins a field code there. */
function entry(program: string): string {
  const quoted = program.replaceAll(/["`$\\]/g, String.raw`\$&`).replaceAll('%', '%%')
  return `[Desktop Entry]
Type=Application
Name=Roadward
Comment=Real-time in-car distraction monitor
Exec="${quoted}"
Terminal=false
X-GNOME-Autostart-enabled=true
`
}
