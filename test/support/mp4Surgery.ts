/**
 * Changes the head of an MP4 that OpenCV has written (one track, head behind the pictures): makes
 * of it what phones, dash cams and cutting programs write.
 */
export class Mp4Surgery {
  #bytes: Buffer

  constructor(bytes: Buffer) {
    this.#bytes = Buffer.from(bytes)
  }

  get bytes(): Buffer {
    return this.#bytes
  }

  /** Frame n lasts `durationsMs[n]`. */
  retime(durationsMs: readonly number[]): this {
    const scale = this.#bytes.readUInt32BE(this.#find('moov', 'trak', 'mdia', 'mdhd') + 20)
    let endMs = 0
    const ticks = durationsMs.map((ms) => {
      const began = Math.round((endMs * scale) / 1000)
      endMs += ms
      return Math.round((endMs * scale) / 1000) - began
    })
    const table = Buffer.alloc(8 + ticks.length * 8)
    table.writeUInt32BE(ticks.length, 4)
    for (const [n, delta] of ticks.entries()) {
      table.writeUInt32BE(1, 8 + n * 8)
      table.writeUInt32BE(delta, 12 + n * 8)
    }
    const total = ticks.reduce((sum, delta) => sum + delta, 0)
    this.#bytes.writeUInt32BE(total, this.#find('moov', 'trak', 'mdia', 'mdhd') + 24)
    this.#drop('moov', 'trak', 'edts')
    return this.#replace(table, 'moov', 'trak', 'mdia', 'minf', 'stbl', 'stts')
  }

  /** The picture is to be turned clockwise by so much. */
  turn(degrees: 0 | 90 | 180 | 270): this {
    const [a, b] = { 0: [1, 0], 90: [0, 1], 180: [-1, 0], 270: [0, -1] }[degrees] as [
      number,
      number,
    ]
    const at = this.#find('moov', 'trak', 'tkhd') + 8 + 40
    const one = 0x1_0000
    for (const [n, value] of [a * one, b * one, 0, -b * one, a * one, 0].entries()) {
      this.#bytes.writeInt32BE(value, at + n * 4)
    }
    return this
  }

  date(at: Date): this {
    const seconds = Math.round(at.getTime() / 1000) + 2_082_844_800
    this.#bytes.writeUInt32BE(seconds, this.#find('moov', 'mvhd') + 12)
    return this
  }

  /** Only so much is shown, from `fromMs` of the pictures on, as cutting without encoding does. */
  cut(fromMs: number, durationMs: number): this {
    this.#drop('moov', 'trak', 'edts')
    const scale = this.#bytes.readUInt32BE(this.#find('moov', 'trak', 'mdia', 'mdhd') + 20)
    const movie = this.#bytes.readUInt32BE(this.#find('moov', 'mvhd') + 20)
    const list = Buffer.alloc(8 + 8 + 8 + 12)
    list.writeUInt32BE(list.length, 0)
    list.write('edts', 4)
    list.writeUInt32BE(list.length - 8, 8)
    list.write('elst', 12)
    list.writeUInt32BE(1, 20)
    list.writeUInt32BE(Math.round((durationMs * movie) / 1000), 24)
    list.writeInt32BE(Math.round((fromMs * scale) / 1000), 28)
    list.writeUInt32BE(0x1_0000, 32)
    const at = this.#find('moov', 'trak', 'mdia')
    return this.#insert(list, at, 'moov', 'trak')
  }

  /** @returns where the box begins */
  #find(...path: readonly string[]): number {
    let [from, to] = [0, this.#bytes.length]
    let found = 0
    for (const type of path) {
      found = this.#within(type, from, to)
      to = found + this.#bytes.readUInt32BE(found)
      from = found + 8
    }
    return found
  }

  #within(type: string, from: number, to: number): number {
    for (let at = from; at + 8 <= to; at += this.#bytes.readUInt32BE(at)) {
      if (this.#bytes.toString('latin1', at + 4, at + 8) === type) return at
    }
    throw new Error(`no ${type}`)
  }

  #drop(...path: readonly string[]): void {
    try {
      this.#bytes.write('free', this.#find(...path) + 4)
    } catch {
      // It is not there.
    }
  }

  #replace(body: Buffer, ...path: readonly string[]): this {
    const at = this.#find(...path)
    this.#bytes.write('free', at + 4)
    const box = Buffer.alloc(8)
    box.writeUInt32BE(body.length + 8)
    box.write(path.at(-1) ?? '', 4)
    return this.#insert(Buffer.concat([box, body]), at, ...path.slice(0, -1))
  }

  /** Makes all boxes of the path larger by what is put in at `at`. */
  #insert(bytes: Buffer, at: number, ...path: readonly string[]): this {
    for (let depth = path.length; depth > 0; depth--) {
      const box = this.#find(...path.slice(0, depth))
      this.#bytes.writeUInt32BE(this.#bytes.readUInt32BE(box) + bytes.length, box)
    }
    this.#bytes = Buffer.concat([this.#bytes.subarray(0, at), bytes, this.#bytes.subarray(at)])
    return this
  }
}
