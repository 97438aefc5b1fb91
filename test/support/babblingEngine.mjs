/** An engine that answers its start command with what the contract does not know, for tests. */
import process from 'node:process'

process.on('message', () => {
  process.send?.([{ type: 'gossip' }])
})
