import { type Command, Option } from 'commander'
import {
  languageSchema,
  reportFormatSchema,
  reportQuerySchema,
  separatorSchema,
} from '../../../contract/exports.ts'
import { RoadwardError } from '../../../core/errors.ts'
import { dataDir } from '../../../app/paths.ts'
import { parseDate, parseId } from '../../../app/commandLine/parse.ts'
import { report } from '../report.ts'
import type { Done } from '../../../app/commandLine/done.ts'
import { addPrivacyOptions, type PrivacyFlags } from '../../../app/commandLine/options.ts'

interface ReportFlags extends PrivacyFlags {
  readonly drive?: number
  readonly from?: Date
  readonly to?: Date
  readonly driver?: string
  readonly vehicle?: string
  readonly format: string
  readonly table: string
  readonly separator: string
  readonly language: string
  readonly out?: string
  readonly data?: string
}

const EXPLAINED = `
Without --drive the report is about all drives that began from --from to --to, both days included.
Pictures are left out unless asked for: --faces blur coarsens the head zone beyond recognition,
--faces keep shows people as they are.`

/** `roadward report`. */
export function addReport(program: Command, done: Done): void {
  const command = program
    .command('report')
    .description('a report of one drive or a period, as HTML, PDF, CSV or JSON lines')
    .option('--drive <id>', 'one drive, by its number in the list', parseId)
    .option('--from <date>', 'first day, as 2026-11-01', parseDate)
    .option('--to <date>', 'last day, as 2026-11-30', parseDate)
    .option('--driver <name>', 'only drives with this label')
    .option('--vehicle <name>', 'only drives with this label')
    .addOption(
      new Option('--format <format>', 'form of the report')
        .choices(reportFormatSchema.options)
        .default('html'),
    )
    .addOption(
      new Option('--table <lines>', 'lines of the CSV')
        .choices(['events', 'drives'])
        .default('events'),
    )
    .addOption(
      new Option(
        '--separator <sign>',
        'between the fields of the CSV; semicolon, as Excel has it in German, brings decimal commas',
      )
        .choices(separatorSchema.options)
        .default('comma'),
    )
    .addOption(
      new Option('--language <language>', 'of HTML and PDF')
        .choices(languageSchema.options)
        .default('en'),
    )
  addPrivacyOptions(command)
    .option('--out <file>', 'by default named after the drive or the period')
    .option('--data <directory>', 'data folder; by default where `serve` looks')
    .addHelpText('after', EXPLAINED)
    .action(async (flags: ReportFlags) => {
      const { headZone, from, to, out, data, ...rest } = flags
      if (from !== undefined && to !== undefined && from > to) throw periodInvalid()
      const query = reportQuerySchema.parse({ ...rest, from: from?.getTime(), to: dayAfter(to) })
      done(await report({ query: { ...query, headZone }, directory: data ?? dataDir(), out }))
    })
}

function periodInvalid(): RoadwardError {
  return new RoadwardError(
    'period-invalid',
    'The period ends before it begins: --from is later than --to.',
    'Exchange the two days.',
  )
}

function dayAfter(day: Date | undefined): number | undefined {
  return day && new Date(day.getFullYear(), day.getMonth(), day.getDate() + 1).getTime()
}
