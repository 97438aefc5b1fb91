/**
 * `node test/bench/screen.mjs [SECONDS]`: the screen under 30 predictions and 15 pictures a second,
 * in a real browser: tasks over 50 ms, and how busy the page was.
 */

import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { cabinPicture, openBrowser, openStage } from '../e2e/support/stage.mjs'
import { opened, prediction } from '../e2e/support/story.mjs'

const seconds = Number(process.argv[2] ?? 60)

const { context, close } = await openBrowser()
const jpeg = await cabinPicture(context)
const stage = await openStage()
const page = await context.newPage()
await page.setViewportSize({ width: 1280, height: 800 })
await page.goto(`${stage.link}&view=monitor&theme=night&lang=en`)
await stage.puppet.asked('pictures')
stage.puppet.say([opened()])
await sleep(2000)
await page.evaluate(`
  globalThis.longTasks = []
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration)
  }).observe({ type: 'longtask' })
`)
const session = await context.newCDPSession(page)
await session.send('Performance.enable')
/** @param {string} name */
const metric = async (name) =>
  (await session.send('Performance.getMetrics')).metrics.find((m) => m.name === name)?.value ?? 0
const before = await metric('TaskDuration')

const frames = seconds * 30
for (let seq = 0; seq < frames; seq += 1) {
  const tMs = (seq * 1000) / 30
  const top = tMs % 12_000 > 9000 ? 'c1' : 'c0'
  stage.puppet.say([prediction({ tMs, top, share: 0.85 + 0.1 * Math.sin(tMs / 700) })])
  if (seq % 2 === 0) {
    stage.puppet.say([{ type: 'picture', seq, tMs, width: 640, height: 480, jpeg }])
  }
  await sleep(1000 / 30)
}

const longTasks = /** @type {number[]} */ (await page.evaluate('globalThis.longTasks'))
const result = {
  seconds,
  predictions: frames,
  pictures: Number(await page.locator('canvas[data-drawn]').getAttribute('data-drawn')),
  tasksOver50Ms: longTasks.length,
  longestMs: Math.round(Math.max(0, ...longTasks)),
  taskSeconds: Math.round(((await metric('TaskDuration')) - before) * 10) / 10,
}
process.stdout.write(`${JSON.stringify(result)}\n`)
await page.close()
await stage.close()
await close()
