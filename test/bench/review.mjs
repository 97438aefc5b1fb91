/**
 * `node test/bench/review.mjs`: a drive of twelve hours opened, scrubbed, zoomed and played in a
 * real browser: how long it took to open, and the longest task of the page. Beside the time on the
 * wall stands the processor's, which other work on the same machine does not lengthen.
 */

import { performance } from 'node:perf_hooks'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { cabinPicture, openBrowser, openStage } from '../e2e/support/stage.mjs'
import { FakeArchive } from '../support/archive/fakeArchive.mjs'

const { context, close } = await openBrowser()
const jpeg = await cabinPicture(context)
const archive = new FakeArchive({ jpeg, count: 2000 })
const stage = await openStage({ idle: true, archive })
const page = await context.newPage()
await page.setViewportSize({ width: 1280, height: 800 })
await page.goto(`${stage.link}&view=review&theme=night&lang=en`)
await page.locator('#drive-row-0 b').first().waitFor()
await sleep(1000)
const session = await context.newCDPSession(page)
/** @type {Record<string, unknown>} */
const result = {}

await part('list', async () => {
  await page.locator('.drive-table').focus()
  for (let press = 0; press < 40; press += 1) await page.keyboard.press('PageDown')
  await page.keyboard.press('Home')
  await sleep(300)
})
const startedMs = performance.now()
await part('open', async () => {
  await page.keyboard.press('Enter')
  await page.locator('.stage canvas[data-drawn]').waitFor()
  await page.locator('.event-row').first().waitFor()
  result['openMs'] = Math.round(performance.now() - startedMs)
  await sleep(700)
})
await part('scrubDrive', () => drag('.lane-row.whole canvas', 150))
await part('scrubWindow', () => drag('.scrubber', 150))
await part('zoom', async () => {
  const box = await boxOf('.scrubber')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  for (const turn of [...Array(12).fill(200), ...Array(12).fill(-200)]) {
    await page.mouse.wheel(0, turn)
    await sleep(60)
  }
})
await page.keyboard.press('Home')
await part('events', async () => {
  for (let press = 0; press < 25; press += 1) {
    await page.keyboard.press('n')
    await sleep(60)
  }
})
await part('play8x', async () => {
  for (let press = 0; press < 3; press += 1) await page.keyboard.press('>')
  await page.keyboard.press('k')
  await sleep(5000)
  await page.keyboard.press('k')
})
await part('whatIf', async () => {
  await page.keyboard.press('w')
  await page.locator('.side-select .select').nth(1).selectOption('preset:euroncap-2023')
  await page.locator('.difference').first().waitFor()
  await sleep(500)
})
result['pictures'] = archive.calls.filter((call) => call.endsWith('/picture')).length
process.stdout.write(`${JSON.stringify(result)}\n`)
await page.close()
await stage.close()
await close()

/**
 * @typedef {{ name: string, dur?: number, tdur?: number, tid: number, pid: number, args?: { name?: string } }} TraceEvent
 */

/** @param {string} name @param {() => Promise<unknown>} work */
async function part(name, work) {
  /** @type {TraceEvent[]} */
  const events = []
  const collect = (/** @type {{ value: object[] }} */ { value }) => {
    events.push(.../** @type {TraceEvent[]} */ (value))
  }
  session.on('Tracing.dataCollected', collect)
  const categories = '__metadata,disabled-by-default-devtools.timeline,toplevel'
  await session.send('Tracing.start', { categories, transferMode: 'ReportEvents' })
  await work()
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve))
  await session.send('Tracing.end')
  await complete
  session.off('Tracing.dataCollected', collect)
  const mains = new Set(
    events
      .filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  )
  const tasks = events.filter(
    (event) => event.name.endsWith('RunTask') && mains.has(`${event.pid}/${event.tid}`),
  )
  const longest = (/** @type {'dur' | 'tdur'} */ key) =>
    Math.round(Math.max(0, ...tasks.map((task) => (task[key] ?? 0) / 1000)))
  result[name] = {
    longestMs: longest('dur'),
    longestCpuMs: longest('tdur'),
    over50CpuMs: tasks.filter(({ tdur = 0 }) => tdur > 50_000).length,
  }
}

/** @param {string} selector */
async function boxOf(selector) {
  const box = await page.locator(selector).boundingBox()
  if (box === null) throw new Error(`${selector} is not there`)
  return box
}

/** There and back, a little further each time. @param {string} selector @param {number} moves */
async function drag(selector, moves) {
  const { x, y, width, height } = await boxOf(selector)
  await page.mouse.move(x + 5, y + height / 2)
  await page.mouse.down()
  for (let move = 0; move < moves; move += 1) {
    const share = 0.5 - 0.5 * Math.cos((3 * Math.PI * move) / moves)
    await page.mouse.move(x + 5 + share * (width - 10), y + height / 2)
    await sleep(16)
  }
  await page.mouse.up()
  await sleep(300)
}
