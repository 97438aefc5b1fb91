import { closeSync, fdatasyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs'
import { crc32 } from 'node:zlib'
import type { Millis } from '../core/frame.ts'

/**
 * Pictures of a stretch of a drive, one after the other in one file that only ever grows: a mark,
 * then for each picture its length and CRC-32 (uint32), its time (float64, ms), little-endian,
 * and its JPEG. What a power cut leaves half-written at the end does not count.
 */
const MARK = Buffer.from('RWPICS1\n')
const HEAD_BYTES = 16

/** No JPEG of a screen's size comes near it: more is damage. */
const MAX_PICTURE_BYTES = 8 * 1024 * 1024

export interface Picture {
  readonly tMs: Millis
  readonly jpeg: Uint8Array
}

/** Where a picture is in its file. */
export interface PictureEntry {
  readonly tMs: Millis
  readonly at: number
  readonly length: number
}

/** Appends to a file that it makes. */
export class PictureFile implements Disposable {
  readonly #fd: number
  #bytes = 0

  constructor(path: string) {
    this.#fd = openSync(path, 'wx')
    this.#write([MARK])
  }

  get bytes(): number {
    return this.#bytes
  }

  /** All of them are on the disk, or none is in the file and the failure is thrown. */
  append(pictures: readonly Picture[]): void {
    this.#write(pictures.flatMap(({ tMs, jpeg }) => [headOf(tMs, jpeg), jpeg]))
  }

  [Symbol.dispose](): void {
    closeSync(this.#fd)
  }

  #write(parts: readonly Uint8Array[]): void {
    const bytes = Buffer.concat(parts)
    try {
      let done = 0
      while (done < bytes.length) {
        done += writeSync(this.#fd, bytes, done, bytes.length - done, this.#bytes + done)
      }
      fdatasyncSync(this.#fd)
    } catch (thrown) {
      ftruncateSync(this.#fd, this.#bytes)
      throw thrown
    }
    this.#bytes += bytes.length
  }
}

function headOf(tMs: Millis, jpeg: Uint8Array): Buffer {
  const head = Buffer.alloc(HEAD_BYTES)
  head.writeUInt32LE(jpeg.length, 0)
  head.writeUInt32LE(crc32(jpeg), 4)
  head.writeDoubleLE(tMs, 8)
  return head
}

/** @returns the whole pictures of the file, in order; none for a file that is no such file */
export function readEntries(path: string): PictureEntry[] {
  const fd = openSync(path, 'r')
  try {
    const mark = Buffer.alloc(MARK.length)
    if (readSync(fd, mark, 0, mark.length, 0) < mark.length || !mark.equals(MARK)) return []
    const entries: PictureEntry[] = []
    const head = Buffer.alloc(HEAD_BYTES)
    const last = Buffer.alloc(1)
    let at = MARK.length
    for (;;) {
      if (readSync(fd, head, 0, HEAD_BYTES, at) < HEAD_BYTES) return entries
      const length = head.readUInt32LE(0)
      at += HEAD_BYTES
      if (length === 0 || length > MAX_PICTURE_BYTES) return entries
      // Its last byte is there: the length of the file alone does not say so after a power cut.
      if (readSync(fd, last, 0, 1, at + length - 1) < 1) return entries
      entries.push({ tMs: head.readDoubleLE(8), at, length })
      at += length
    }
  } finally {
    closeSync(fd)
  }
}

/** @returns undefined where the bytes are not those that were written */
export function readPicture(path: string, { tMs, at, length }: PictureEntry): Picture | undefined {
  const fd = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(HEAD_BYTES + length)
    if (readSync(fd, bytes, 0, bytes.length, at - HEAD_BYTES) < bytes.length) return undefined
    const jpeg = bytes.subarray(HEAD_BYTES)
    return crc32(jpeg) === bytes.readUInt32LE(4) ? { tMs, jpeg } : undefined
  } finally {
    closeSync(fd)
  }
}
