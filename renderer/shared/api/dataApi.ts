import * as z from 'zod'
import { CONTROL_HEADER } from '../../../electron/contract/web.ts'
import { problemSchema } from '../../../electron/contract/values.ts'
import type { Problem } from '../../../electron/core/ports.ts'

const failureSchema = z.object({ problem: problemSchema })

/** What the shell said when it refused; `problem.code` is what screens translate. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

/** The archive of recorded drives at `/api`, the same in Electron and in the browser. */
export class DataApi {
  readonly #controlKey: () => string | undefined

  /** @param controlKey of the screen's link to the monitor */
  constructor(controlKey: () => string | undefined) {
    this.#controlKey = controlKey
  }

  /** @throws DataError, ZodError or (the shell is gone) TypeError */
  async get<T>(path: string, schema: z.ZodType<T>, signal?: AbortSignal): Promise<T> {
    return schema.parse(await (await this.#ask(path, { signal: signal ?? null })).json())
  }

  /** @throws DataError or (the shell is gone) TypeError */
  async bytes(path: string, signal?: AbortSignal): Promise<ArrayBuffer> {
    return (await this.#ask(path, { signal: signal ?? null })).arrayBuffer()
  }

  /** @throws DataError, ZodError or (the shell is gone) TypeError */
  async post<T>(path: string, body: unknown, schema: z.ZodType<T>): Promise<T> {
    const answer = await this.#ask(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.#control() },
      body: JSON.stringify(body),
    })
    return schema.parse(await answer.json())
  }

  /** @throws DataError or (the shell is gone) TypeError */
  async delete(path: string): Promise<void> {
    await this.#ask(path, { method: 'DELETE', headers: this.#control() })
  }

  #control(): Record<string, string> {
    const key = this.#controlKey()
    return key === undefined ? {} : { [CONTROL_HEADER]: key }
  }

  async #ask(path: string, init: RequestInit): Promise<Response> {
    const answer = await fetch(path, init)
    if (answer.ok) return answer
    const failure = failureSchema.safeParse(await answer.json().catch(() => undefined))
    throw new DataError(
      failure.data?.problem ?? {
        severity: 'error',
        code: 'internal',
        message: `${path} answered ${answer.status}.`,
      },
    )
  }
}
