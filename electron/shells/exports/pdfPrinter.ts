/**
 * Prints a page to A4. Electron passes `webContents.printToPDF`, the other shells a Chromium.
 *
 * @param html a document that needs nothing from outside
 */
export type PdfPrinter = (html: string) => Promise<Uint8Array>
