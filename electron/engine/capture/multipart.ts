/** Far longer than any real head of a part. */
const LONGEST_HEAD = 16_384

/** A 108-megapixel picture has 30 MB; more is no camera. */
const LONGEST_PART = 32 * 1024 * 1024

const HEAD_END = Buffer.from('\r\n\r\n')

/**
 * Splits the body of a `multipart/x-mixed-replace` answer (RFC 2046, section 5.1) into its parts,
 * however the network cuts it. Rubbish between parts is passed over: a camera that stumbles is
 * understood again at its next boundary.
 */
export class MultipartReader {
  readonly #delimiter: Buffer
  #buffered: Buffer = Buffer.alloc(0)
  /** Where the body of the part under way begins, and its length if the camera says so. */
  #body: { readonly start: number; readonly length: number | undefined } | undefined

  /** @param boundary of the content type; some cameras put its dashes into it, most do not */
  constructor(boundary: string) {
    this.#delimiter = Buffer.from(`--${boundary.replace(/^--/, '')}`)
  }

  /**
   * @returns the parts that are whole with these bytes
   * @throws RangeError for a part without an end: this is no such stream
   */
  push(bytes: Buffer): Buffer[] {
    this.#buffered = this.#buffered.length === 0 ? bytes : Buffer.concat([this.#buffered, bytes])
    const parts: Buffer[] = []
    for (;;) {
      const part = this.#next()
      if (part === undefined) break
      if (part.length > 0) parts.push(part)
    }
    if (this.#buffered.length > LONGEST_PART) throw new RangeError('a part without an end')
    return parts
  }

  #next(): Buffer | undefined {
    this.#body ??= this.#readHead()
    if (this.#body === undefined) return undefined
    const { start, length } = this.#body
    const end = length === undefined ? this.#delimiterAfter(start) : start + length
    if (end === undefined || this.#buffered.length < end) return undefined
    const part = this.#buffered.subarray(start, end)
    this.#buffered = this.#buffered.subarray(end)
    this.#body = undefined
    return part
  }

  #readHead(): { readonly start: number; readonly length: number | undefined } | undefined {
    const at = this.#buffered.indexOf(this.#delimiter)
    if (at === -1) {
      // The beginning of a boundary may be the last thing that came.
      const kept = Math.max(0, this.#buffered.length - this.#delimiter.length)
      this.#buffered = this.#buffered.subarray(kept)
      return undefined
    }
    const headEnd = this.#buffered.indexOf(HEAD_END, at)
    if (headEnd === -1) {
      if (this.#buffered.length - at > LONGEST_HEAD) throw new RangeError('a head without an end')
      return undefined
    }
    const head = this.#buffered.subarray(at, headEnd).toString('latin1')
    const length = Number(/^content-length:\s*(\d+)/im.exec(head)?.[1] ?? Number.NaN)
    const known = length > 0 && length <= LONGEST_PART
    return { start: headEnd + HEAD_END.length, length: known ? length : undefined }
  }

  /** Where the body ends: before the line break in front of the next boundary. */
  #delimiterAfter(start: number): number | undefined {
    const at = this.#buffered.indexOf(this.#delimiter, start)
    if (at === -1) return undefined
    return this.#buffered.subarray(start, at).toString('latin1', at - start - 2) === '\r\n'
      ? at - 2
      : at
  }
}
