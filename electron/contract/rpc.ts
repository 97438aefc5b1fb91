import { z } from 'zod'
import { RoadwardError } from '../core/errors.ts'
import { problemSchema } from './values.ts'

/**
 * Questions and answers between a shell and a process that it forked, over any channel that
 * carries bytes (`serialization: 'advanced'`). Each side parses what the other says.
 */

export interface Method<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly args: A
  readonly result: R
}

export type Methods = Readonly<Record<string, Method>>

/** What the asking side passes and gets. */
export type ArgsOf<M extends Method> = z.input<M['args']>
export type ResultOf<M extends Method> = z.output<M['result']>

/** What the answering side implements. */
export type Handlers<M extends Methods> = {
  readonly [K in keyof M]: (
    args: z.output<M[K]['args']>,
  ) => z.input<M[K]['result']> | Promise<z.input<M[K]['result']>>
}

export function method<A extends z.ZodType, R extends z.ZodType>(args: A, result: R): Method<A, R> {
  return { args, result }
}

/** Bytes as they are, without a copy. */
export const bytesSchema = z.custom<Uint8Array>((value) => value instanceof Uint8Array)

const questionSchema = z.object({ id: z.int(), method: z.string(), args: z.unknown() })

export const answerSchema = z.union([
  z.object({ id: z.int(), problem: problemSchema }),
  z.object({ id: z.int(), value: z.unknown() }),
])

export type Question = z.infer<typeof questionSchema>
export type Answer = z.infer<typeof answerSchema>

/**
 * Never throws for a question: what a handler or `open` throws is the answer. Handlers are called
 * in the order of the questions.
 */
export async function answer<M extends Methods>(
  methods: M,
  open: () => Promise<Handlers<M>>,
  message: unknown,
): Promise<Answer> {
  const { id, method: name, args } = questionSchema.parse(message)
  try {
    const asked = methods[name]
    const handle = (await open())[name] as ((args: unknown) => unknown) | undefined
    if (asked === undefined || handle === undefined) throw new Error(`no method ${name}`)
    return { id, value: asked.result.parse(await handle(asked.args.parse(args))) }
  } catch (thrown) {
    return { id, problem: problemOf(thrown) }
  }
}

function problemOf(thrown: unknown): z.infer<typeof problemSchema> {
  if (thrown instanceof RoadwardError) {
    const { code, message, tip } = thrown
    return { severity: 'error', code, message, tip }
  }
  const message = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
  return { severity: 'error', code: 'internal', message }
}
