import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listCameras } from '../../../../electron/engine/capture/cameras.ts'
import { openCamera } from '../../../../electron/engine/capture/cameraSource.ts'

let root = ''
const folders = () => ({ dev: join(root, 'dev'), sys: join(root, 'sys') })

async function plugIn(node: string, name: string | undefined, index: string): Promise<void> {
  await writeFile(join(root, 'dev', node), '')
  const sys = join(root, 'sys', node)
  await mkdir(sys, { recursive: true })
  if (name !== undefined) await writeFile(join(sys, 'name'), `${name}\n`)
  await writeFile(join(sys, 'index'), `${index}\n`)
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'roadward-cameras-'))
  await mkdir(join(root, 'dev'))
})

afterEach(async () => {
  await rm(root, { recursive: true })
})

describe('cameras', () => {
  it('are listed by number with the names of their drivers, without metadata nodes', async () => {
    await plugIn('video10', 'Cabin IR', '0')
    await plugIn('video2', 'HD Pro Webcam C920', '0')
    await plugIn('video3', 'HD Pro Webcam C920', '1')
    await plugIn('video4', undefined, '0')
    await writeFile(join(root, 'dev', 'vbi0'), '')
    const dev = join(root, 'dev')
    expect(await listCameras(folders())).toEqual([
      { path: join(dev, 'video2'), index: 2, name: 'HD Pro Webcam C920', obstacle: undefined },
      { path: join(dev, 'video4'), index: 4, name: join(dev, 'video4'), obstacle: undefined },
      { path: join(dev, 'video10'), index: 10, name: 'Cabin IR', obstacle: undefined },
    ])
  })

  it('are none on a computer without video4linux', async () => {
    expect(await listCameras({ dev: join(root, 'none'), sys: join(root, 'none') })).toEqual([])
  })

  it('are named when another one is asked for', async () => {
    await plugIn('video2', 'HD Pro Webcam C920', '0')
    const opening = openCamera('0', join(root, 'dev', 'video0'), {}, folders())
    await expect(opening).rejects.toMatchObject({
      code: 'camera-missing',
      message: `There is no camera ${join(root, 'dev', 'video0')}.`,
      tip: 'Choose one of: 2 (HD Pro Webcam C920).',
    })
  })
})
