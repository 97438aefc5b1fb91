/** An engine that dies of its start command, for tests of the supervisor. */
import process from 'node:process'

process.on('message', () => {
  process.stderr.write('out of ideas\n', () => process.exit(3))
})
