import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/** What a type is called in a sentence that begins with "must be". */
const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
}

/** The error code of an issue: its own where the schema gives one. */
export function codeOf(issue: Issue | undefined): string {
  const code: unknown = issue?.code === 'custom' ? issue.params?.['code'] : undefined
  return typeof code === 'string' ? code : 'manifest-invalid'
}

/**
 * One clause naming the fold and the field, such as
 * `fold "fold-2": preparation.resize.width must be a whole number`.
 * @param data the manifest as parsed, for the name of the fold.
 */
export function wordsOf(issue: Issue | undefined, data: unknown): string {
  if (issue === undefined) return 'the manifest is invalid'
  const [top, index, ...rest] = issue.path
  if (top !== 'folds' || typeof index !== 'number') return clause(issue.path, issue, data)
  const name: unknown = valueAt(data, [top, index, 'name'])
  const fold = typeof name === 'string' ? `fold "${name}"` : `fold number ${index + 1}`
  return `${fold}: ${clause(rest, issue, data)}`
}

function clause(field: readonly PropertyKey[], issue: Issue, data: unknown): string {
  const name = field.reduce<string>(
    (text, key) =>
      typeof key === 'number'
        ? `${text}[${key}]`
        : text === ''
          ? String(key)
          : `${text}.${String(key)}`,
    '',
  )
  const subject = name === '' ? 'the manifest' : name
  const missing = valueAt(data, issue.path) === undefined && issue.code !== 'custom'
  return missing ? `${subject} is missing` : `${subject} ${complaint(issue)}`
}

function complaint(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPE_WORDS[issue.expected] ?? issue.expected}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`
    case 'too_small':
      if (issue.origin === 'array') return `must have at least ${entries(issue.minimum)}`
      if (issue.origin === 'string') return 'must not be empty'
      return `must be ${issue.inclusive === false ? 'above' : 'at least'} ${issue.minimum}`
    case 'too_big':
      if (issue.origin === 'array') return `must have at most ${entries(issue.maximum)}`
      return `must be at most ${issue.maximum}`
    case 'unrecognized_keys':
      return `has no field ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    case 'custom':
    case 'invalid_format':
    case 'invalid_element':
    case 'invalid_key':
    case 'invalid_union':
    case 'not_multiple_of':
      // The schema's own words.
      return issue.message
  }
}

function entries(count: number | bigint): string {
  return `${count} ${count === 1 ? 'entry' : 'entries'}`
}

function valueAt(data: unknown, at: readonly PropertyKey[]): unknown {
  return at.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    data,
  )
}
