import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { submissionOriginSchema, type SubmissionOrigin } from '../contract/submissionOrigin.ts'
import { RoadwardError } from '../core/errors.ts'
import type { EnsemblePort } from '../engine/inference/ensemblePort.ts'

/** What a submission of these pictures by this ensemble is made of. */
export function originOf(
  pictures: string,
  names: readonly string[],
  { manifest }: Pick<EnsemblePort, 'manifest'>,
): SubmissionOrigin {
  return {
    schema: 'roadward-submission/1',
    pictures: resolve(pictures),
    count: names.length,
    names: sha256(names.join('\n')),
    ensemble: {
      id: manifest.id,
      version: manifest.version,
      manifest: sha256(JSON.stringify(manifest)),
    },
  }
}

/** The note beside a submission. */
export function notePath(out: string): string {
  return `${out}.roadward.json`
}

export async function writeOrigin(out: string, origin: SubmissionOrigin): Promise<void> {
  await writeFile(notePath(out), `${JSON.stringify(origin, undefined, 2)}\n`)
}

/**
 * Checks that the submission at `out` was begun with the same pictures and ensemble.
 * @throws RoadwardError `submission-exists` when nothing tells, `submission-other` when it was not
 */
export async function checkOrigin(out: string, wanted: SubmissionOrigin): Promise<void> {
  const begun = await readOrigin(out)
  const difference = differenceOf(begun, wanted)
  if (difference === undefined) return
  throw new RoadwardError(
    'submission-other',
    `${out} was begun with ${difference}.`,
    'Go on with the same, choose another --out, or start over with --overwrite.',
  )
}

async function readOrigin(out: string): Promise<SubmissionOrigin> {
  const path = notePath(out)
  if (existsSync(path)) {
    const parsed = submissionOriginSchema.safeParse(parseJson(await readFile(path, 'utf8')))
    if (parsed.success) return parsed.data
  }
  throw new RoadwardError(
    'submission-exists',
    `${out} exists, and nothing beside it tells how it was made.`,
    'Choose another --out, or start over with --overwrite.',
  )
}

function differenceOf(begun: SubmissionOrigin, wanted: SubmissionOrigin): string | undefined {
  const [a, b] = [begun.ensemble, wanted.ensemble]
  if (a.id !== b.id) return `the ensemble ${a.id}, not ${b.id}`
  if (a.version !== b.version) return `version ${a.version} of ${a.id}, not ${b.version}`
  if (a.manifest !== b.manifest) return `other networks of ${a.id} ${a.version}`
  if (begun.pictures !== wanted.pictures) {
    return `the pictures of ${begun.pictures}, not ${wanted.pictures}`
  }
  if (begun.count !== wanted.count) {
    return `${begun.count} pictures; now there are ${wanted.count} in ${wanted.pictures}`
  }
  if (begun.names !== wanted.names) return `pictures of other names in ${wanted.pictures}`
  return undefined
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
