import { describe, expect, it } from 'vitest'
import { ExportQueue } from '../../../../electron/app/exports/exportQueue.ts'

/** A job that ends when it is told to. */
function job(log: string[], name: string) {
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  let begin: () => void = () => undefined
  const begun = new Promise<void>((resolve) => (begin = resolve))
  const run = async (signal: AbortSignal): Promise<string> => {
    log.push(`${name} begins`)
    begin()
    signal.addEventListener('abort', end)
    await ended
    log.push(signal.aborted ? `${name} leaves off` : `${name} ends`)
    return name
  }
  return {
    run,
    begun,
    end: () => {
      end()
    },
  }
}

describe('reports that several screens ask for', () => {
  it('are made one after the other, also when one fails', async () => {
    const queue = new ExportQueue()
    const log: string[] = []
    const [first, second] = [job(log, 'first'), job(log, 'second')]
    const results = [
      queue.run(first.run),
      queue.run(() => Promise.reject(new Error('no browser'))),
      queue.run(second.run),
    ]
    second.end()
    first.end()
    expect(await Promise.allSettled(results)).toMatchObject([
      { value: 'first' },
      { reason: { message: 'no browser' } },
      { value: 'second' },
    ])
    expect(log).toEqual(['first begins', 'first ends', 'second begins', 'second ends'])
  })

  it('are refused when too many wait, and taken again when they are done', async () => {
    const queue = new ExportQueue()
    const jobs = ['a', 'b', 'c', 'd', 'e'].map((name) => job([], name))
    const taken = jobs.map(({ run }) => queue.run(run))
    await expect(queue.run(() => Promise.resolve('too much'))).rejects.toMatchObject({
      code: 'exports-busy',
    })
    for (const { end } of jobs) end()
    expect(await Promise.all(taken)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect(await queue.run(() => Promise.resolve('again'))).toBe('again')
  })

  it('leave off when the program ends, and none begins any more', async () => {
    const queue = new ExportQueue()
    const log: string[] = []
    const [under, waiting] = [job(log, 'under way'), job(log, 'waiting')]
    const results = Promise.allSettled([queue.run(under.run), queue.run(waiting.run)])
    await under.begun
    await queue[Symbol.asyncDispose]()
    expect(await results).toMatchObject([
      { value: 'under way' },
      { reason: { code: 'exports-ended' } },
    ])
    expect(log).toEqual(['under way begins', 'under way leaves off'])
  })
})
