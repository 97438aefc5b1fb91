const palettes = new Map<string, Map<string, string>>()

/**
 * The colours of the theme that is shown, each asked of the style sheets only once.
 * @returns the value of `--name`
 */
export function colors(element: HTMLElement): (name: string) => string {
  const theme = document.documentElement.dataset['theme'] ?? ''
  const palette = palettes.get(theme) ?? new Map<string, string>()
  palettes.set(theme, palette)
  return (name) => {
    const known = palette.get(name)
    if (known !== undefined) return known
    const color = getComputedStyle(element).getPropertyValue(`--${name}`)
    palette.set(name, color)
    return color
  }
}

/**
 * Makes a canvas as fine as the screen and clears it.
 * @returns its context in CSS pixels, or undefined while it has no size
 */
export function cleared(canvas: HTMLCanvasElement): CanvasRenderingContext2D | undefined {
  const { clientWidth: width, clientHeight: height } = canvas
  const ratio = devicePixelRatio
  if (canvas.width !== Math.round(width * ratio)) canvas.width = Math.round(width * ratio)
  if (canvas.height !== Math.round(height * ratio)) canvas.height = Math.round(height * ratio)
  const context = canvas.getContext('2d')
  if (context === null || width === 0) return undefined
  context.setTransform(ratio, 0, 0, ratio, 0, 0)
  context.clearRect(0, 0, width, height)
  return context
}
