import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { firstSource } from '../../../electron/app/firstSource.ts'
import type { Camera } from '../../../electron/engine/capture/cameras.ts'

const camera = (index: number, obstacle?: string): Camera => ({
  path: `/dev/video${index}`,
  index,
  name: `Camera ${index}`,
  obstacle,
})
const HERE = fileURLToPath(import.meta.url)

describe('what is watched when nobody says what', () => {
  it('is the first camera that can be used, whatever its number', async () => {
    const cameras = [camera(0, 'No permission.'), camera(2), camera(4)]
    expect(await firstSource(() => Promise.resolve(cameras), HERE)).toEqual({
      uri: '/dev/video2',
      demo: false,
    })
  })

  it('is the demo drive where no camera can be used, and camera 0 where there is neither', async () => {
    const cameras = () => Promise.resolve([camera(0, 'No permission.')])
    expect(await firstSource(cameras, HERE)).toEqual({ uri: HERE, demo: true })
    expect(await firstSource(cameras, `${HERE}.missing`)).toEqual({ uri: '0', demo: false })
  })
})
