import type { Command } from 'commander'
import { dataDir } from '../../../app/paths.ts'
import { evidence } from '../evidence.ts'
import { parseId } from '../../../app/commandLine/parse.ts'
import type { Done } from '../../../app/commandLine/done.ts'
import { addPrivacyOptions, type PrivacyFlags } from '../../../app/commandLine/options.ts'

interface EvidenceFlags extends PrivacyFlags {
  readonly out?: string
  readonly by?: string
  readonly data?: string
}

const EXPLAINED = `
The bundle holds the alert, why it rose, the predictions around it, preset, hashes of the networks
and of the recording, its review, and with --faces blur or keep the clip. It is signed with the key
of this installation; whoever gets it checks it with \`roadward verify\`.`

/** `roadward evidence EVENT`. */
export function addEvidence(program: Command, done: Done): void {
  const command = program
    .command('evidence')
    .argument('<event>', 'number of the alert, as the JSON lines of a report tell it', parseId)
    .description('pack everything about one alert into a signed zip')
  addPrivacyOptions(command)
    .option('--by <name>', 'who makes the bundle; written into it')
    .option('--out <file>', 'by default named after the alert and the drive')
    .option('--data <directory>', 'data folder; by default where `serve` looks')
    .addHelpText('after', EXPLAINED)
    .action(async (event: number, { faces, headZone, by, out, data }: EvidenceFlags) => {
      const directory = data ?? dataDir()
      done(await evidence({ event, faces, headZone, madeBy: by, directory, out }))
    })
}
