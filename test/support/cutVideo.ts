/**
 * Moves the index of an MP4 to its front, as recorders for streaming do: only such a file still
 * opens when its end is missing.
 */
export function indexFirst(mp4: Buffer): Buffer {
  const boxes = split(mp4)
  const index = boxes.get('moov')
  const data = boxes.get('mdat')
  const head = boxes.get('ftyp')
  if (index === undefined || data === undefined || head === undefined) throw new Error('no MP4')
  const moved = Buffer.from(index.bytes)
  const shift = head.bytes.length + moved.length - data.offset
  // Chunk offsets are absolute: stco holds a version word, a count, and 32 bits for each chunk.
  const table = moved.indexOf('stco') + 8
  for (let n = 0; n < moved.readUInt32BE(table); n++) {
    const at = table + 4 + n * 4
    moved.writeUInt32BE(moved.readUInt32BE(at) + shift, at)
  }
  return Buffer.concat([head.bytes, moved, data.bytes])
}

function split(mp4: Buffer): Map<string, { readonly offset: number; readonly bytes: Buffer }> {
  const boxes = new Map<string, { offset: number; bytes: Buffer }>()
  for (let offset = 0; offset < mp4.length;) {
    const size = mp4.readUInt32BE(offset)
    const bytes = mp4.subarray(offset, offset + size)
    boxes.set(bytes.toString('latin1', 4, 8), { offset, bytes })
    offset += size
  }
  return boxes
}
