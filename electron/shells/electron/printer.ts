import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron'
import { asPrintJob, interrupted, type PdfPrinter } from '../../app/exports/pdfPrinter.ts'

/** The page of a report is as much a stranger to Node as that of the app. */
const OPTIONS: BrowserWindowConstructorOptions = {
  show: false,
  webPreferences: {
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    // Kept in memory: nothing of a report stays in the app's own profile.
    partition: 'print',
  },
}

/** Prints in a hidden window. The page's own policy lets no script of it run. */
export function electronPrinter(
  make: (options: BrowserWindowConstructorOptions) => BrowserWindow,
  rendererDir: string,
): PdfPrinter {
  return (html, signal) =>
    asPrintJob(html, rendererDir, async ({ page }) => {
      const isEnded = (): boolean => signal.aborted
      if (isEnded()) throw interrupted()
      const window = make(OPTIONS)
      const end = (): void => {
        window.destroy()
      }
      signal.addEventListener('abort', end, { once: true })
      try {
        await window.loadFile(page)
        // Electron's own code, not the page's: until then a line in Chinese may be empty boxes.
        await window.webContents.executeJavaScript('document.fonts.ready.then(() => true)')
        return await window.webContents.printToPDF({ pageSize: 'A4', printBackground: true })
      } catch (thrown) {
        throw isEnded() ? interrupted() : thrown
      } finally {
        signal.removeEventListener('abort', end)
        end()
      }
    })
}
