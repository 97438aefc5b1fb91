/** Counting of test results from the reports of the runners. Pure. */

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ status: string, message?: string, assertionResults: { status: string }[] }} VitestFile
 * @typedef {{ testResults: VitestFile[] }} VitestReport
 */

/**
 * A file that failed although each of its tests passed, or before it had any (an import that
 * does not resolve, a hook that throws), counts as one failure.
 *
 * @param {VitestReport} report of vitest's JSON reporter
 * @returns {Counts}
 */
export function countVitest(report) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report.testResults) {
    const failedBefore = counts.failed
    for (const test of file.assertionResults) {
      if (test.status === 'passed') counts.passed += 1
      else if (test.status === 'failed') counts.failed += 1
      else counts.skipped += 1
    }
    if (file.status === 'failed' && counts.failed === failedBefore) counts.failed += 1
  }
  return counts
}

/**
 * @param {string} xml JUnit report, as pytest writes with `--junitxml`
 * @returns {Counts}
 */
export function countJunit(xml) {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const [tag] of xml.matchAll(/<testsuite\s[^>]*>/g)) {
    /** @param {string} name */
    const number = (name) => Number(new RegExp(`\\s${name}="(\\d+)"`).exec(tag)?.[1] ?? 0)
    const failed = number('failures') + number('errors')
    counts.failed += failed
    counts.skipped += number('skipped')
    counts.passed += Math.max(0, number('tests') - failed - number('skipped'))
  }
  return counts
}

/**
 * @param {Counts} counts
 * @returns {string} the closing line of every run
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
