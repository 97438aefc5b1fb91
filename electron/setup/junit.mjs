/** `node junit.mjs REPORT`: prints the counting line for a JUnit report, for `.ci/run`. */

import { readFileSync } from 'node:fs'

import { closingLine, countJunit } from './counts.mjs'

process.stdout.write(`${closingLine(countJunit(readFileSync(`${process.argv[2]}`, 'utf8')))}\n`)
