import { jpegSize } from '../../contract/jpeg.ts'
import type { Size } from '../native/opencv.ts'

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const
const PNG_HEAD_BYTES = 24
const BMP_HEAD_BYTES = 26

/**
 * Size by the head of a JPEG, PNG or BMP: a few bytes can announce a picture that no memory holds.
 *
 * @returns undefined for other formats, which OpenCV itself refuses above the same size
 */
export function pictureSize(bytes: Uint8Array): Size | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length >= PNG_HEAD_BYTES && PNG.every((byte, n) => bytes[n] === byte)) {
    return { width: view.getUint32(16), height: view.getUint32(20) }
  }
  if (bytes.length >= BMP_HEAD_BYTES && bytes[0] === 0x42 && bytes[1] === 0x4d) {
    // A negative height says that the rows go down.
    return { width: view.getInt32(18, true), height: Math.abs(view.getInt32(22, true)) }
  }
  return jpegSize(bytes)
}
