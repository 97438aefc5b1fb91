/** A way to the monitor that carries text both ways and pictures to the screen. */
export interface Link {
  /** Opens it, and again whenever it was lost. Called once. */
  connect(listener: LinkListener): void
  /** What is said while it is lost is lost. */
  send(text: string): void
}

export interface LinkListener {
  readonly opened: () => void
  readonly lost: () => void
  readonly text: (text: string) => void
  readonly picture: (bytes: ArrayBuffer) => void
}
