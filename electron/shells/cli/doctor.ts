import pc from 'picocolors'
import { EXIT, type ExitCode } from '../../app/commandLine/exitCodes.ts'
import { printJson, printLine } from '../../app/commandLine/output.ts'
import { diagnose, type Finding } from '../../app/diagnosis.ts'

/** Prints what can be used on this machine. @returns exit code 1 when the app could not run */
export async function doctor(json: boolean): Promise<ExitCode> {
  const { usable, findings } = await diagnose()
  if (json) printJson({ usable, findings })
  else {
    findings.forEach(printFinding)
    printLine(usable ? 'Roadward can run.' : 'Roadward cannot run on this machine yet.')
  }
  return usable ? EXIT.done : EXIT.failed
}

function printFinding({ what, status, detail, tip }: Finding): void {
  const mark = {
    ok: pc.green('ok     '),
    limited: pc.yellow('limited'),
    missing: pc.red('missing'),
  }
  printLine(`  ${what}: ${detail}${tip === undefined ? '' : ` ${tip}`}`, mark[status])
}
