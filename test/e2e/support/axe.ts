import axe from 'axe-core'
import type { Page } from 'playwright-core'

interface Finding {
  readonly id: string
  readonly impact: string
  readonly nodes: readonly { readonly html: string }[]
}

/** Whatever slides in has arrived: colours on the way are none that anybody reads. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(
    `Promise.all(
      document.getAnimations()
        .filter(({ effect }) => effect.getComputedTiming().endTime < Infinity)
        .map(({ finished }) => finished.catch(() => undefined)),
    ).then(() => true)`,
  )
}

/** What axe objects to on this page: rule, impact, and the first place. */
export async function objections(page: Page): Promise<unknown[]> {
  await settled(page)
  // By the debugger: the policy of the page allows no script of strangers.
  await page.evaluate(axe.source)
  const found = await page.evaluate<Finding[]>(
    'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21aa", "best-practice"] }).then((r) => r.violations)',
  )
  return found.map(({ id, impact, nodes }) => [id, impact, nodes[0]?.html])
}
