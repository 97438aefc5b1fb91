import { open, type FileHandle } from 'node:fs/promises'
import type { Millis } from '../../core/frame.ts'

/** The little of an MP4 or MOV head (ISO/IEC 14496-12) that the demuxer does not tell. */

/** A head of ten hours has a few MB of tables. */
const LARGEST_HEAD = 256 * 1024 * 1024

/** The media time of an edit that shows nothing for a while. */
const NOTHING = -1

/** `mvhd` counts seconds from 1904. */
const SECONDS_TO_1970 = 2_082_844_800

/**
 * When a track ends on the movie's clock, by its edit list.
 *
 * @returns undefined when all of it is shown; `several` when it is shown in pieces
 */
export async function readEdits(
  path: string,
  trackId: number,
): Promise<Millis | 'several' | undefined> {
  const head = await readHead(path)
  if (head === undefined) return undefined
  const perSecond = movieHeader(head)?.perSecond
  const track = boxes(head).find(({ type, body }) => type === 'trak' && idOf(body) === trackId)
  const edits = track && find(track.body, 'edts', 'elst')
  if (edits === undefined || perSecond === undefined) return undefined
  const all = editsOf(edits)
  if (all.filter(({ mediaTime }) => mediaTime !== NOTHING).length > 1) return 'several'
  // 0 stands for "to the end" in fragmented files.
  if (all.at(-1)?.duration === 0) return undefined
  return (all.reduce((sum, { duration }) => sum + duration, 0) * 1000) / perSecond
}

/** @returns when the recording was made by its own account, ms since 1970; undefined if not told */
export async function readCreationTime(path: string): Promise<number | undefined> {
  const head = await readHead(path)
  return head && movieHeader(head)?.createdAt
}

interface Box {
  readonly type: string
  readonly body: DataView
}

/** @returns the body of `moov`; undefined for other files */
async function readHead(path: string): Promise<DataView | undefined> {
  const file = await open(path, 'r')
  try {
    for (let at = 0; ;) {
      const box = await boxAt(file, at)
      if (box === undefined || !/^[\w ©-]{4}$/.test(box.type)) return undefined
      if (box.type !== 'moov') {
        at += box.bytes
        continue
      }
      const bytes = box.bytes - box.head
      if (bytes > LARGEST_HEAD) return undefined
      const body = Buffer.alloc(bytes)
      const { bytesRead } = await file.read(body, 0, bytes, at + box.head)
      return bytesRead === bytes ? viewOf(body) : undefined
    }
  } finally {
    await file.close()
  }
}

async function boxAt(
  file: FileHandle,
  at: number,
): Promise<{ readonly type: string; readonly bytes: number; readonly head: number } | undefined> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(16), 0, 16, at)
  if (bytesRead < 8) return undefined
  const type = buffer.toString('latin1', 4, 8)
  const short = buffer.readUInt32BE(0)
  if (short !== 1) return short < 8 ? undefined : { type, bytes: short, head: 8 }
  const long = bytesRead < 16 ? 0 : Number(buffer.readBigUInt64BE(8))
  return long < 16 ? undefined : { type, bytes: long, head: 16 }
}

function boxes(body: DataView): Box[] {
  const found: Box[] = []
  for (let at = 0; at + 8 <= body.byteLength;) {
    const bytes = body.getUint32(at)
    if (bytes < 8 || at + bytes > body.byteLength) break
    const type = String.fromCharCode(...[4, 5, 6, 7].map((n) => body.getUint8(at + n)))
    found.push({ type, body: new DataView(body.buffer, body.byteOffset + at + 8, bytes - 8) })
    at += bytes
  }
  return found
}

function find(body: DataView, ...path: readonly string[]): DataView | undefined {
  return path.reduce<DataView | undefined>(
    (inside, type) => inside && boxes(inside).find((box) => box.type === type)?.body,
    body,
  )
}

/** Versions 0 and 1 differ in the width of times. */
function isWide(body: DataView): boolean {
  return body.getUint8(0) === 1
}

function movieHeader(
  head: DataView,
): { perSecond: number; createdAt: number | undefined } | undefined {
  const body = find(head, 'mvhd')
  if (body === undefined) return undefined
  const wide = isWide(body)
  const created = wide ? Number(body.getBigUint64(4)) : body.getUint32(4)
  return {
    perSecond: body.getUint32(wide ? 20 : 12),
    // 0, or a clock that was never set.
    createdAt: created > SECONDS_TO_1970 ? (created - SECONDS_TO_1970) * 1000 : undefined,
  }
}

function idOf(track: DataView): number | undefined {
  const body = find(track, 'tkhd')
  return body?.getUint32(isWide(body) ? 20 : 12)
}

function editsOf(body: DataView): { readonly duration: number; readonly mediaTime: number }[] {
  const wide = isWide(body)
  const bytes = wide ? 20 : 12
  const announced = body.getUint32(4)
  const length = Math.min(announced, Math.floor((body.byteLength - 8) / bytes))
  return Array.from({ length }, (_, n) => {
    const at = 8 + n * bytes
    return wide
      ? { duration: Number(body.getBigUint64(at)), mediaTime: Number(body.getBigInt64(at + 8)) }
      : { duration: body.getUint32(at), mediaTime: body.getInt32(at + 4) }
  })
}

function viewOf({ buffer, byteOffset, byteLength }: Buffer): DataView {
  return new DataView(buffer, byteOffset, byteLength)
}
