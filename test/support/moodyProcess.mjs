/** Answers `n` with `n`; dies when asked for 13, and at once when told so by its argument. */
if (process.argv[2] === 'stillborn') process.exit(3)

process.on('message', (/** @type {{ id: number, args: { n: number } }} */ { id, args }) => {
  if (args.n === 13) {
    process.stderr.write('thirteen is unlucky\n')
    process.exit(1)
  }
  process.send?.({ id, value: args.n })
})
