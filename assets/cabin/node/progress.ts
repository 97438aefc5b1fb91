import { SingleBar } from 'cli-progress'

/** A bar on a terminal; a line every twentieth elsewhere, so that logs stay short. */
export interface Progress {
  step(): void
  end(): void
}

/** Starts counting to `total`. */
export function openProgress(what: string, total: number): Progress {
  const started = performance.now()
  let done = 0
  const rate = (): string =>
    `${(done / ((performance.now() - started) / 1000)).toFixed(1)} a second`
  if (process.stderr.isTTY) {
    const bar = new SingleBar({
      format: `{bar} {value}/{total} ${what}, {eta_formatted} left`,
      stream: process.stderr,
    })
    bar.start(total, 0)
    return {
      step: () => {
        bar.increment()
        done += 1
      },
      end: () => {
        bar.stop()
        console.error(`${done} ${what}, ${rate()}`)
      },
    }
  }
  const every = Math.max(1, Math.ceil(total / 20))
  return {
    step: () => {
      done += 1
      if (done % every === 0) console.error(`${done}/${total} ${what}, ${rate()}`)
    },
    end: () => {
      console.error(`${done} ${what}, ${rate()}`)
    },
  }
}
