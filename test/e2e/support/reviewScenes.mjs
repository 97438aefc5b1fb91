/** Every screen of the review by name: what is on the workspace, and the keys that lead there. */

import { STATES } from './story.mjs'

/** @typedef {import('playwright-core').Page} Page */

/**
 * @typedef {object} Scene
 * @property {Partial<ConstructorParameters<typeof import('../../support/archive/fakeArchive.mjs').FakeArchive>[0]>} [archive]
 * @property {(page: Page) => Promise<unknown>} [go] from the list
 * @property {() => import('../../../electron/contract/monitorApi.ts').MonitorEvent[]} [live] the drive under way
 */

/** @type {import('../../../electron/contract/drives.ts').Analysis[]} */
const ANALYSES = [
  { id: 1, uri: '/recordings/shift-43.mp4', state: 'running', progress: 0.42, leftMs: 93_000 },
  { id: 2, uri: '/recordings/shift-44.mp4', state: 'waiting' },
]

/** @param {Page} page @param {number} row */
export async function openDrive(page, row) {
  await page.locator(`#drive-row-${row}`).click()
  await page.locator('.stage canvas[data-drawn], .stage-none').first().waitFor()
  await page.locator('.chart canvas').waitFor()
}

/** @param {Page} page @param {number} [row] */
async function openEvent(page, row = 3) {
  await openDrive(page, row)
  await page.keyboard.press('n')
  await page.keyboard.press('n')
  await page.locator('.event-detail').waitFor()
}

/** @type {Readonly<Record<string, Scene>>} */
export const SCENES = {
  list: { archive: { count: 1200 } },
  empty: { archive: { count: 0 } },
  analyses: { archive: { analyses: ANALYSES } },
  analyse: { go: (page) => page.locator('.bar-tools .primary').click() },
  drive: { go: (page) => openDrive(page, 3) },
  long: {
    go: async (page) => {
      await openDrive(page, 0)
      await page.keyboard.press('0')
    },
  },
  event: { go: (page) => openEvent(page) },
  frame: {
    go: async (page) => {
      await openEvent(page)
      await page.keyboard.press('i')
    },
  },
  heat: {
    go: async (page) => {
      await openEvent(page)
      await page.keyboard.press('i')
      await page.keyboard.press('h')
      await page.locator('.heat-legend').waitFor()
    },
  },
  'what-if': {
    go: async (page) => {
      await openDrive(page, 3)
      await page.keyboard.press('0')
      await page.keyboard.press('w')
      await page.locator('.side-select .select').nth(1).selectOption('preset:euroncap-2023')
      await page.locator('.difference').first().waitFor()
    },
  },
  export: {
    go: async (page) => {
      await openEvent(page)
      await page.locator('.bar-tools .small').nth(1).click()
    },
  },
  labels: {
    go: async (page) => {
      await openDrive(page, 3)
      await page.locator('.bar-tools .small').first().click()
    },
  },
  keys: {
    go: async (page) => {
      await openDrive(page, 3)
      await page.keyboard.press('?')
    },
  },
  alerting: { go: (page) => openDrive(page, 3), live: () => STATES['critical']?.() ?? [] },
  'no-pictures': { go: (page) => openDrive(page, 4) },
}
