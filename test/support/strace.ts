import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import process from 'node:process'
import type { Readable } from 'node:stream'

/** Why processes cannot be watched here; undefined when they can. */
export function straceObstacle(): string | undefined {
  const { status } = spawnSync('strace', ['-qq', '-o', '/dev/null', 'true'])
  return status === 0 ? undefined : 'strace is not installed, or may not watch processes here'
}

/** What strace is called with to write where a program and all its children send something to. */
export const straceArgs = (log: string): readonly string[] => [
  '-f',
  '-qq',
  '-yy',
  ...['-e', 'trace=connect,sendto,sendmsg,sendmmsg,write,writev'],
  ...['-e', 'signal=none'],
  ...['-o', log],
]

/** Node under strace. */
export class Straced {
  readonly stdout: Readable
  readonly ended: Promise<unknown>
  readonly #strace: ChildProcess

  constructor(log: string, args: readonly string[], env: Readonly<Record<string, string>>) {
    const strace = spawn('strace', [...straceArgs(log), process.execPath, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.stdout = strace.stdout
    this.#strace = strace
    this.ended = once(this.#strace, 'exit')
  }

  /** As Ctrl-C would: strace itself hears no signal. */
  interrupt(): void {
    const { pid = 0 } = this.#strace
    const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    process.kill(Number(child), 'SIGINT')
  }
}

/**
 * Every `address:port` of the Internet families to which a log of strace has something sent, once
 * each. A datagram socket that is connected has sent nothing yet: Chromium learns so whether there
 * is a way out at all.
 */
export function peersOf(log: string): readonly string[] {
  const peers = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => !/connect\(\d+<UDP/.test(line))
    .flatMap((line) => [...named(line), ...connected(line)])
  return [...new Set(peers)].sort()
}

/** Of the address among the arguments of a call. */
function named(line: string): readonly string[] {
  const port = /sin6?_port=htons\((\d+)\)/.exec(line)?.[1]
  const address = /inet_(?:addr\(|pton\(AF_INET6, )"([^"]+)"/.exec(line)?.[1]
  return port === undefined || address === undefined ? [] : [`${address}:${port}`]
}

/** Of the other end of the datagram socket that a call writes to: a stream was connected before. */
function connected(line: string): readonly string[] {
  const peer = /(?:write|send)\w*\(\d+<UDP(?:v6)?:\[.*->(.+?)\]>/.exec(line)?.[1]
  return peer === undefined ? [] : [peer]
}
