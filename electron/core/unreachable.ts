/** Ends an exhaustive switch: a new variant fails to compile, and an impossible one is named. */
export function unreachable(value: never): never {
  throw new Error(`impossible variant: ${JSON.stringify(value)}`)
}
