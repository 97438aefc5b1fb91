// An engine on a camera that was open once: every life of it fails, and it hears no stop.
import process from 'node:process'
import { setInterval } from 'node:timers'

const opened = {
  type: 'opened',
  source: { uri: '0', kind: 'camera', live: true },
  ensemble: { id: 'tiny', version: '1.0.0', folds: ['fold-1'] },
  provider: 'cpu',
  preset: 'roadward',
  slowestFrameMs: 10,
}
const failed = {
  type: 'failed',
  problem: { severity: 'error', code: 'ensemble-all-nan', message: 'Every network failed.' },
}

setInterval(() => process.send?.([{ type: 'heartbeat' }]), 100)
process.on('message', (/** @type {{ type: string, source?: { uri: string } }} */ message) => {
  if (message.type !== 'start') return
  process.send?.([opened])
  if (message.source?.uri !== 'deaf') process.send?.([failed])
})
process.on('disconnect', () => process.exit())
