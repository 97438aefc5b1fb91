/** Exits with code 7 while threads are inside the runtime: of four, one always is. Usage: node exitInMidFrame.mjs FOLD SHAPE (as JSON) */
import process from 'node:process'
import { loadRuntime } from '../../dist/engine/inference/runtime.js'
import { RuntimeThread } from '../../dist/engine/inference/runtimeThread.js'

const [, , file = '', shapeText = '[]'] = process.argv
/** @type {number[]} */
const shape = JSON.parse(shapeText)
const here = await loadRuntime()
const size = shape.reduce((product, n) => product * n, 1)
await Promise.all(
  Array.from({ length: 4 }, async () => {
    const session = await new RuntimeThread(here).open(file, { executionProviders: ['cpu'] })
    const input = here.tensor(new Float32Array(size), shape)
    const runs = Array.from({ length: 500 }, () => session.run({ input }, ['logits']))
    return runs[10]
  }),
)
process.exit(7)
