import { deflateSync } from 'node:zlib'
import { symlink, writeFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { imencodeJpeg, matFromPixels } from '../../../../electron/engine/native/opencv.ts'
import { codesOf, collect, framesOf, scratchFolder } from '../../../support/collect.ts'

function jpeg(): Uint8Array {
  using mat = matFromPixels(new Uint8Array(64 * 48 * 3).fill(90), 64, 48)
  return imencodeJpeg(mat, 90)
}

/** A PNG whose head announces so many pixels, with next to nothing behind it. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2], 8)
  const chunk = (type: string, body: Buffer): Buffer => {
    const bytes = Buffer.alloc(12 + body.length)
    bytes.writeUInt32BE(body.length, 0)
    bytes.write(type, 4)
    body.copy(bytes, 8)
    return bytes
  }
  const signature = Buffer.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)
  const data = deflateSync(Buffer.alloc(64))
  return Buffer.concat([
    signature,
    ...[chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))],
  ])
}

/** The same as a JPEG: a real one with another size in its head. */
function largeJpeg(width: number, height: number): Buffer {
  const bytes = Buffer.from(jpeg())
  const frame = bytes.indexOf(Buffer.of(0xff, 0xc0))
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

describe('a folder of pictures', () => {
  it.each([
    ['a.png', png(20_000, 20_000)],
    ['a.jpg', largeJpeg(12_000, 9000)],
  ])('with %s, which is too large to be decoded, is judged without it', async (name, bytes) => {
    await using folder = await scratchFolder()
    await writeFile(folder.path(name), bytes)
    await writeFile(folder.path('b.jpg'), jpeg())
    const items = await collect(folder.path())
    expect(codesOf(items)).toEqual(['picture-too-large', 'pictures-skipped'])
    expect(framesOf(items)).toHaveLength(1)
  })

  it.skipIf(process.platform === 'win32')('does not read a device to its end', async () => {
    await using folder = await scratchFolder()
    await symlink('/dev/zero', folder.path('a.jpg'))
    await writeFile(folder.path('b.jpg'), jpeg())
    expect(codesOf(await collect(folder.path()))).toEqual(['picture-corrupt', 'pictures-skipped'])
  })

  it('of which every third is cut tells how many are missing', async () => {
    await using folder = await scratchFolder()
    for (let n = 0; n < 9; n++) {
      await writeFile(folder.path(`${n}.jpg`), n % 3 === 0 ? jpeg().subarray(0, 300) : jpeg())
    }
    const items = await collect(folder.path())
    const last = items.at(-1)
    expect(last?.kind === 'problem' && last.problem.message).toMatch(/^3 of 9 pictures/)
  })
})
