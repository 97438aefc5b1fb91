import { access, constants, readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A video capture device of this computer. */
export interface Camera {
  /** `/dev/video0`. */
  readonly path: string
  /** The number that names it as a source, `0`. */
  readonly index: number
  /** What the driver calls it, such as `HD Pro Webcam C920`; the path where it says nothing. */
  readonly name: string
  /** What keeps this user from it, with the remedy; undefined when it may be used. */
  readonly obstacle: string | undefined
}

/** Where devices are looked for; tests bring folders of their own. */
export interface CameraFolders {
  readonly dev: string
  readonly sys: string
}

const LINUX: CameraFolders = { dev: '/dev', sys: '/sys/class/video4linux' }

/** The remedy for every camera that only lacks permission. */
export const VIDEO_GROUP_TIP = 'Run `sudo usermod -aG video $USER`, then log out and in again.'

/** Cameras that can capture, by number. Empty on computers without video4linux. */
export async function listCameras(folders: CameraFolders = LINUX): Promise<Camera[]> {
  const names = await readdir(folders.dev).catch(() => [])
  const cameras: Camera[] = []
  for (const name of names) {
    const index = /^video(\d+)$/.exec(name)?.[1]
    if (index === undefined || !(await isCaptureNode(folders, name))) continue
    const path = join(folders.dev, name)
    cameras.push({
      path,
      index: Number(index),
      name: (await read(join(folders.sys, name, 'name'))) ?? path,
      obstacle: (await mayUse(path)) ? undefined : `No permission. ${VIDEO_GROUP_TIP}`,
    })
  }
  return cameras.sort((a, b) => a.index - b.index)
}

/**
 * A USB camera has several nodes; /sys numbers them per device, and number 0 gives the pictures,
 * the others metadata. A driver that does not number its nodes has one.
 */
async function isCaptureNode(folders: CameraFolders, name: string): Promise<boolean> {
  const number = await read(join(folders.sys, name, 'index'))
  return number === undefined || number === '0'
}

async function mayUse(path: string): Promise<boolean> {
  try {
    await access(path, constants.R_OK | constants.W_OK)
    return true
  } catch {
    return false
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch {
    return undefined
  }
}
