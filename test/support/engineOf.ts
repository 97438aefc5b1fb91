import { readFileSync } from 'node:fs'

/** @returns the engine among the children of a shell (Linux), or NaN when there is none */
export function engineOf(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')
  const isEngine = (child: number): boolean =>
    readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('engine/process.js')
  return children.filter(Boolean).map(Number).find(isEngine) ?? Number.NaN
}
