import { describe, expect, it } from 'vitest'
import { closingLine, countJunit, countVitest } from '../../../electron/setup/counts.mjs'

function file(status: string, ...tests: string[]) {
  return { status, assertionResults: tests.map((test) => ({ status: test })) }
}

describe('the counts of a test run', () => {
  it('adds up the tests of all files', () => {
    const testResults = [file('passed', 'passed', 'pending'), file('failed', 'failed', 'todo')]
    expect(countVitest({ testResults })).toEqual({ passed: 1, failed: 1, skipped: 2 })
  })

  it('counts a file that could not be loaded as a failure', () => {
    const testResults = [file('passed', 'passed'), file('failed')]
    expect(countVitest({ testResults })).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('counts a file whose tests passed and whose hook failed as a failure', () => {
    const testResults = [file('failed', 'passed', 'passed')]
    expect(countVitest({ testResults })).toEqual({ passed: 2, failed: 1, skipped: 0 })
  })

  it("reads pytest's report", () => {
    const xml =
      '<?xml version="1.0"?><testsuites name="pytest tests"><testsuite name="pytest" errors="1" ' +
      'failures="2" skipped="3" tests="20" time="1.0"><testcase name="tests=&quot;9&quot;"/>' +
      '</testsuite></testsuites>'
    expect(countJunit(xml)).toEqual({ passed: 14, failed: 3, skipped: 3 })
  })

  it('closes with one line', () => {
    const counts = { passed: 12, failed: 0, skipped: 1 }
    expect(closingLine(counts)).toBe('12 passed, 0 failed, 1 skipped')
  })
})
