import {
  Color,
  DataTexture,
  LinearFilter,
  Matrix4,
  OrthographicCamera,
  RepeatWrapping,
  Vector2,
  Vector3,
} from 'three'
import type { IUniform, Texture, WebGLRenderTarget } from 'three'
import { seededRandom } from '../model/random.ts'
import type { Shot } from '../model/shot.ts'
import type { Light } from '../model/view.ts'

/** Bell-shaped grain in red, green and blue, even noise in alpha: making them in the shader cost a third of the frame. */
function grainTexture(): DataTexture {
  const random = seededRandom('grain')
  const size = 256
  const pixels = new Uint8Array(size * size * 4)
  for (let index = 0; index < pixels.length; index += 1) {
    pixels[index] = index % 4 === 3 ? random.range(0, 256) : random.bell(0, 256)
  }
  const texture = new DataTexture(pixels, size, size)
  texture.wrapS = RepeatWrapping
  texture.wrapT = RepeatWrapping
  texture.magFilter = LinearFilter
  texture.minFilter = LinearFilter
  texture.needsUpdate = true
  return texture
}

const NOISE = grainTexture()

type Uniforms = Record<string, IUniform>

const fresh = (uniforms: Uniforms, values: Readonly<Record<string, unknown>>): Uniforms => {
  for (const [name, value] of Object.entries(values)) {
    const uniform = uniforms[name]
    if (uniform) uniform.value = value
    else uniforms[name] = { value }
  }
  return uniforms
}

const toned = (light: Light | undefined): Record<string, unknown> => ({
  uExposure: light?.exposure ?? 1,
  uCast: new Vector3(...(light?.cast ?? [1, 1, 1])),
  uMono: light?.monochrome ? 1 : 0,
})

/** A camera that sees the cabin as the sun does. */
export function shadowCamera({ sun }: Light): OrthographicCamera {
  const camera = new OrthographicCamera(-1.1, 1.1, 1.1, -1.1, 0.1, 5)
  const middle = new Vector3(0.05, 0.65, 0.1)
  camera.position.copy(middle).addScaledVector(new Vector3(...sun).normalize(), 2.5)
  camera.lookAt(middle)
  camera.updateMatrixWorld()
  return camera
}

/** The light on every surface; without a shot, the names alone. */
export function surfaceUniforms(
  uniforms: Uniforms = {},
  shot?: Shot,
  eye = new Vector3(),
  sun?: OrthographicCamera,
  shadow?: WebGLRenderTarget,
): Uniforms {
  const light = shot?.light
  const bright = shot?.bright ?? 1
  const colour = (hex: number | undefined, level: number): Vector3 => {
    const { r, g, b } = new Color(hex ?? 0xffffff)
    return new Vector3(r, g, b).multiplyScalar(level * bright)
  }
  return fresh(uniforms, {
    ...toned(light),
    uEye: eye.clone(),
    uSun: new Vector3(...(light?.sun ?? [0, 1, 0])).normalize(),
    uSunLight: colour(light?.sunColour, light?.sunLevel ?? 0),
    uSky: colour(light?.skyColour, light?.skyLevel ?? 1),
    uLamp: (light?.lampLevel ?? 0) * bright,
    // What shines by itself outshines the dark, and an infrared camera hardly sees it.
    uOwn: (light?.kind === 'night' ? 0.35 : light?.kind === 'dusk' ? 1.1 : 1) * bright,
    uShadowMatrix: sun
      ? new Matrix4().multiplyMatrices(sun.projectionMatrix, sun.matrixWorldInverse)
      : new Matrix4(),
    uShadowMap: shadow?.depthTexture ?? undefined,
  })
}

/** The world outside. */
export function outsideUniforms(uniforms: Uniforms = {}, shot?: Shot): Uniforms {
  const light = shot?.light
  const night = light?.kind === 'night'
  const { r, g, b } = new Color(light?.skyColour ?? 0xffffff)
  return fresh(uniforms, {
    ...toned(light),
    uSeed: Math.floor((light?.outside.seed ?? 0) % 256),
    uNoise: NOISE,
    uTravel: shot?.travelM ?? 0,
    uTrees: light?.outside.trees ?? 0.5,
    uLevel: (night ? 0.8 : (light?.skyLevel ?? 1) * 1.15) * (shot?.bright ?? 1),
    uNight: night ? 1 : 0,
    uSkyColour: new Vector3(r, g, b),
  })
}

/** The lens and the sensor. */
export function lensUniforms(uniforms: Uniforms = {}, shot?: Shot, picture?: Texture): Uniforms {
  const light = shot?.light
  const width = shot?.width ?? 640
  return fresh(uniforms, {
    uPicture: picture,
    uPixel: new Vector2(1 / width, 1 / (shot?.height ?? 480)),
    uBarrel: shot?.view.barrel ?? 0,
    uFlip: shot?.mirrored ? 1 : 0,
    uBlur: ((light?.blur ?? 0.6) * width) / 640,
    uGrain: light?.grain ?? 0,
    uMono: light?.monochrome ? 1 : 0,
    uSeed: new Vector2(
      Math.floor((shot?.grainSeed ?? 0) * 7) / 256,
      Math.floor((shot?.grainSeed ?? 0) * 61) / 256,
    ),
    uNoise: NOISE,
    uVignette: light?.vignette ?? 0,
    uCover: shot?.cover ?? 0,
  })
}
