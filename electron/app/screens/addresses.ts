import { shownAddress } from '../../contract/address.ts'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import type { Catalog } from '../../contract/web.ts'

/**
 * Addresses on their way to screens and back: a screen never sees a password, and may start again
 * what it was shown.
 */
export class Addresses {
  /** By what was shown of it. */
  readonly #real = new Map<string, string>()

  ofRequest(request: DriveRequest): DriveRequest {
    const { source } = request
    return { ...request, source: { ...source, uri: this.#shown(source.uri) } }
  }

  ofCatalog(catalog: Catalog): Catalog {
    const sources = catalog.sources.map((source) => {
      const uri = this.#shown(source.uri)
      return { ...source, uri, name: source.name === source.uri ? uri : source.name }
    })
    const { chosen } = catalog
    if (chosen === undefined) return { ...catalog, sources }
    return { ...catalog, sources, chosen: this.ofRequest(chosen) }
  }

  /** What a screen asks for, with what it was not shown. */
  real(request: DriveRequest): DriveRequest {
    const { source } = request
    const uri = this.#real.get(source.uri) ?? source.uri
    return { ...request, source: { ...source, uri } }
  }

  #shown(uri: string): string {
    const shown = shownAddress(uri)
    if (shown !== uri) this.#real.set(shown, uri)
    return shown
  }
}
