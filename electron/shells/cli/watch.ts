import process from 'node:process'
import type { DriveRequest } from '../../contract/monitorApi.ts'
import { ENGINE_ENTRY } from '../../app/paths.ts'
import { createLog } from '../../app/log.ts'
import { EngineSupervisor } from '../../app/supervision/supervisor.ts'
import { EXIT, exitCodeOf, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { Interruption } from '../../app/commandLine/interruption.ts'
import { JsonReport, TextReport, type WatchReport } from './watchReport.ts'

export interface WatchOptions {
  readonly request: DriveRequest
  readonly json: boolean
  readonly speedKmh: number | undefined
  readonly verbose: boolean
}

/**
 * Watches one source until it ends or the user interrupts; a second Ctrl-C ends at once.
 *
 * @returns the exit code
 */
export async function watch(options: WatchOptions): Promise<ExitCode> {
  const report: WatchReport = options.json ? new JsonReport() : new TextReport(process.stdout.isTTY)
  await using supervisor = new EngineSupervisor(
    { entry: ENGINE_ENTRY, execPath: process.execPath },
    createLog(options.verbose),
  )
  using interruption = new Interruption()
  interruption.signal.addEventListener('abort', () => {
    supervisor.stop()
  })
  const code = await drive(supervisor, options, report)
  report.close()
  return code
}

function drive(
  supervisor: EngineSupervisor,
  { request, speedKmh }: WatchOptions,
  report: WatchReport,
): Promise<ExitCode> {
  return new Promise((resolve) => {
    supervisor.subscribe((event) => {
      report.event(event)
      if (event.type === 'ended') resolve(EXIT.done)
      if (event.type === 'failed') {
        resolve(exitCodeOf(event.problem.code))
      }
    })
    if (speedKmh !== undefined) supervisor.setSpeed(speedKmh)
    supervisor.start(request)
  })
}
