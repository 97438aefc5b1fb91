import { readFileSync } from 'node:fs'
import process from 'node:process'
import { loadSqlite } from '../archive/installed.ts'
import { RoadwardError } from '../core/errors.ts'
import { listCameras } from '../engine/capture/cameras.ts'
import { listEnsembles } from '../engine/inference/catalog.ts'
import { openEnsemble } from '../engine/inference/ensemble.ts'
import { loadRuntime } from '../engine/inference/runtime.ts'
import { openCv } from '../engine/native/binding.ts'
import { judgeNode, judgeOpenCv } from '../setup/installed.ts'
import { MODELS_DIR, PACKAGE_FILE } from './paths.ts'

/** What was found out about one part. */
export interface Finding {
  readonly what: string
  /** `missing` stops the app, `limited` does not. */
  readonly status: 'ok' | 'limited' | 'missing'
  readonly detail: string
  readonly tip?: string | undefined
}

export interface Diagnosis {
  /** Whether the app could run. */
  readonly usable: boolean
  readonly findings: readonly Finding[]
}

/** Tries everything the app needs and says in plain words what can be used. */
export async function diagnose(): Promise<Diagnosis> {
  const findings = [
    checkNode(),
    await check('OpenCV', checkOpenCv),
    await check('ONNX Runtime', checkRuntime),
    await check('Database', checkDatabase),
    ...(await checkEnsembles()),
    ...(await checkCameras()),
  ]
  const usable =
    findings.every((finding) => finding.status !== 'missing') &&
    findings.some((finding) => finding.what.startsWith('Ensemble') && finding.status === 'ok')
  return { usable, findings }
}

function checkNode(): Finding {
  const { status, detail, tip } = judgeNode(process.versions.node, minimumNode())
  return { what: 'Node', status, detail: `${detail} on ${process.platform} ${process.arch}`, tip }
}

function minimumNode(): string {
  return (JSON.parse(readFileSync(PACKAGE_FILE, 'utf8')) as { engines: { node: string } }).engines
    .node
}

function checkOpenCv(): Finding {
  const cv = openCv()
  const { major, minor, revision } = cv.version
  const verdict = judgeOpenCv(`${major}.${minor}.${revision}`, cv.getBuildInformation())
  return { what: 'OpenCV', ...verdict }
}

async function checkRuntime(): Promise<Finding> {
  const { providers } = await loadRuntime()
  return {
    what: 'ONNX Runtime',
    status: 'ok',
    detail: `built with the providers ${[...providers].join(', ')}`,
  }
}

/** Without it drives are watched all the same. */
async function checkDatabase(): Promise<Finding> {
  try {
    return { what: 'Database', status: 'ok', detail: `${await loadSqlite()}, drives are recorded` }
  } catch (error) {
    if (!(error instanceof RoadwardError)) throw error
    return { what: 'Database', status: 'limited', detail: error.message, tip: error.tip }
  }
}

/** Opens every ensemble for real, so that the provider told is the one that would be used. */
async function checkEnsembles(): Promise<Finding[]> {
  const entries = await listEnsembles(MODELS_DIR)
  if (entries.length === 0) {
    const tip = 'Train one with models/training.'
    return [{ what: 'Ensembles', status: 'missing', detail: 'there are none in models/', tip }]
  }
  const findings: Finding[] = []
  for (const { id, folder } of entries) {
    findings.push(
      await check(`Ensemble ${id}`, async () => {
        await using ensemble = await openEnsemble(folder)
        const { version } = ensemble.manifest
        const notes = ensemble.problems.map(({ message }) => ` ${message}`).join('')
        const detail = `${version}, ${ensemble.foldNames.length} models on ${ensemble.provider}.${notes}`
        return { what: `Ensemble ${id}`, status: 'ok', detail }
      }),
    )
  }
  return findings
}

async function checkCameras(): Promise<Finding[]> {
  const cameras = await listCameras()
  if (cameras.length === 0) {
    const detail = 'none found; recorded drives and streams can still be watched'
    return [{ what: 'Camera', status: 'limited', detail }]
  }
  return cameras.map(({ path, name, obstacle }) =>
    obstacle === undefined
      ? { what: `Camera ${path}`, status: 'ok', detail: name }
      : { what: `Camera ${path}`, status: 'limited', detail: name, tip: obstacle },
  )
}

async function check(what: string, work: () => Finding | Promise<Finding>): Promise<Finding> {
  try {
    return await work()
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error)
    const tip = error instanceof RoadwardError ? error.tip : 'Run `npm run setup`.'
    return { what, status: 'missing', detail, tip }
  }
}
