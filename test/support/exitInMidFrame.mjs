/** Exits with code 7 while a thread is inside the runtime. Usage: node exitInMidFrame.mjs FOLD */
import process from 'node:process'
import { loadRuntime } from '../../dist/inference/runtime.js'
import { RuntimeThread } from '../../dist/inference/runtimeThread.js'

const here = await loadRuntime()
const thread = new RuntimeThread(here)
const session = await thread.open(process.argv[2] ?? '', { executionProviders: ['cpu'] })
const input = here.tensor(new Float32Array(3 * 60 * 80), [1, 3, 60, 80])
const runs = Array.from({ length: 2000 }, () => session.run({ input }, ['logits']))
await runs[10]
process.exit(7)
