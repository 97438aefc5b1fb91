import type { Faces, HeadZone } from '../../contract/exports.ts'
import type { Millis } from '../../core/frame.ts'
import { RoadwardError } from '../../core/errors.ts'
import { HEAD_ZONE } from './privacy/mosaic.ts'
import { stripJpeg } from './privacy/stripJpeg.ts'
import type { DrivePictures } from '../pictures/drivePictures.ts'
import type { Blurrer } from './blurrer.ts'

export interface ExportPicture {
  readonly tMs: Millis
  readonly jpeg: Uint8Array
}

/** Where pictures come from and what makes people in them unrecognisable. */
export interface PictureParts {
  readonly pictures: Pick<DrivePictures, 'picture'>
  readonly blurrer: Pick<Blurrer, 'call'>
}

/** How people are to be treated. */
export interface PicturePolicy {
  readonly faces: Faces
  readonly headZone?: HeadZone | undefined
}

/**
 * The only way by which a picture gets into an export. It fails closed: what cannot be blurred is
 * not exported, and no failure lets the original through.
 *
 * @returns undefined where pictures are left out, or none was kept
 * @throws RoadwardError when blurring does not work
 */
export async function exportPicture(
  { pictures, blurrer }: PictureParts,
  { faces, headZone = HEAD_ZONE }: PicturePolicy,
  { drive, tMs, width }: { readonly drive: number; readonly tMs: Millis; readonly width: number },
): Promise<ExportPicture | undefined> {
  if (faces === 'omit') return undefined
  const found = await kept(pictures.picture(drive, tMs, width))
  if (found === undefined) return undefined
  const jpeg =
    faces === 'keep'
      ? stripJpeg(found.jpeg)
      : await blurrer.call('blur', { jpeg: found.jpeg, zone: headZone })
  return jpeg === undefined ? undefined : { tMs: found.tMs, jpeg }
}

async function kept(picture: Promise<ExportPicture>): Promise<ExportPicture | undefined> {
  try {
    return await picture
  } catch (thrown) {
    if (thrown instanceof RoadwardError && thrown.code === 'no-picture') return undefined
    throw thrown
  }
}
