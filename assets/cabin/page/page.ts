import type { Shot } from '../model/shot.ts'
import { Stage } from '../scene/stage.ts'

const canvas = document.createElement('canvas')
const stage = new Stage(canvas)

const toBase64 = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => {
      // A data URL: what follows the comma is the base64.
      resolve(typeof reader.result === 'string' ? reader.result.replace(/^[^,]*,/, '') : '')
    }
    reader.onerror = () => {
      reject(new Error('the picture could not be read back'))
    }
    reader.readAsDataURL(blob)
  })

async function render(shots: readonly Shot[]): Promise<string[]> {
  const pictures: string[] = []
  for (const shot of shots) {
    stage.draw(shot)
    const blob = await new Promise<Blob | null>((resolve) => {
      canvas.toBlob(resolve, 'image/jpeg', shot.light.quality)
    })
    if (!blob) throw new Error('the canvas gave no picture')
    pictures.push(await toBase64(blob))
  }
  return pictures
}

/** What the Node side calls: shots in, JPEG pictures as base64 out. */
export interface CabinPage {
  readonly render: typeof render
}

Object.assign(globalThis, { cabin: { render } satisfies CabinPage })
