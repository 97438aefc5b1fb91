import {
  DepthTexture,
  Mesh,
  MeshBasicMaterial,
  OrthographicCamera,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  UnsignedIntType,
  Vector3,
  WebGLRenderer,
  WebGLRenderTarget,
} from 'three'
import type { BufferGeometry } from 'three'
import { solveFigure } from '../model/figure.ts'
import type { Figure } from '../model/figure.ts'
import type { Shot } from '../model/shot.ts'
import { bodySoup } from './body.ts'
import { carSoup, visorSoup, wheelSoup, wheelTurn } from './car.ts'
import { buildHead } from './head.ts'
import { lensUniforms, outsideUniforms, shadowCamera, surfaceUniforms } from './light.ts'
import { addProp } from './props.ts'
import * as shaders from './shaders.ts'
import type { MeshBuilder } from './meshBuilder.ts'

const SHADOW_SIZE = 512
/** Samples a pixel: edges are worth the quarter of a second that they cost on no GPU. */
const SAMPLES = 4

type Part = 'car' | 'wheel' | 'visor' | 'body' | 'head'

/** The cabin, the driver and the camera, drawn into one canvas. */
export class Stage {
  readonly #renderer: WebGLRenderer
  readonly #scene = new Scene()
  readonly #lens = new Scene()
  readonly #camera = new PerspectiveCamera(60, 4 / 3, 0.05, 60)
  readonly #flat = new OrthographicCamera(-1, 1, 1, -1, 0, 1)
  readonly #depth = new MeshBasicMaterial({ colorWrite: false })
  readonly #shadow = new WebGLRenderTarget(SHADOW_SIZE, SHADOW_SIZE)
  readonly #surface = new ShaderMaterial({
    vertexShader: shaders.SURFACE_VERTEX,
    fragmentShader: shaders.SURFACE_FRAGMENT,
    vertexColors: true,
    uniforms: surfaceUniforms(),
  })
  readonly #beyond = new ShaderMaterial({
    vertexShader: shaders.OUTSIDE_VERTEX,
    fragmentShader: shaders.OUTSIDE_FRAGMENT,
    uniforms: outsideUniforms(),
  })
  readonly #sensor = new ShaderMaterial({
    vertexShader: shaders.LENS_VERTEX,
    fragmentShader: shaders.LENS_FRAGMENT,
    depthTest: false,
    depthWrite: false,
    uniforms: lensUniforms(),
  })
  readonly #parts: Readonly<Record<Part, Mesh>>
  readonly #outside: Mesh
  readonly #keys = new Map<Part, string>()
  #picture = new WebGLRenderTarget(4, 4)

  constructor(canvas: HTMLCanvasElement | OffscreenCanvas) {
    this.#renderer = new WebGLRenderer({ canvas, antialias: false, preserveDrawingBuffer: true })
    this.#renderer.autoClear = true
    this.#renderer.setPixelRatio(1)
    this.#shadow.depthTexture = new DepthTexture(SHADOW_SIZE, SHADOW_SIZE, UnsignedIntType)
    // From near to far: what is hidden is never shaded.
    const part = (order: number): Mesh => {
      const mesh = new Mesh(undefined, this.#surface)
      mesh.renderOrder = order
      mesh.frustumCulled = false
      this.#scene.add(mesh)
      return mesh
    }
    this.#parts = { body: part(1), head: part(2), wheel: part(3), visor: part(4), car: part(5) }
    this.#outside = new Mesh(new PlaneGeometry(60, 24), this.#beyond)
    this.#outside.renderOrder = 6
    this.#outside.position.set(0, 0, -8)
    this.#scene.add(this.#outside)
    const glass = new Mesh(new PlaneGeometry(2, 2), this.#sensor)
    glass.frustumCulled = false
    this.#lens.add(glass)
  }

  /** Draws a shot and returns the figure it shows. */
  draw(shot: Shot): Figure {
    const { driver, cabin, steering } = shot
    const figure = solveFigure(shot.from, shot.to, shot.part, { driver, cabin, steering }, shot.tS)
    this.#pose(shot, figure)
    this.#aim(shot)
    this.#resize(shot.width, shot.height)
    this.#renderShadow(shot)
    this.#renderer.setRenderTarget(this.#picture)
    this.#renderer.render(this.#scene, this.#camera)
    lensUniforms(this.#sensor.uniforms, shot, this.#picture.texture)
    this.#renderer.setRenderTarget(null)
    this.#renderer.render(this.#lens, this.#flat)
    return figure
  }

  #fill(part: Part, key: string | undefined, make: () => MeshBuilder): void {
    if (key !== undefined && this.#keys.get(part) === key) return
    if (key !== undefined) this.#keys.set(part, key)
    const mesh = this.#parts[part]
    const old: BufferGeometry = mesh.geometry
    mesh.geometry = make().geometry()
    old.dispose()
  }

  #pose(shot: Shot, figure: Figure): void {
    const { cabin, driver } = shot
    const cabinKey = JSON.stringify(cabin)
    this.#fill('car', cabinKey, () => carSoup(cabin))
    this.#fill('wheel', cabinKey, () => wheelSoup(cabin))
    this.#fill('visor', `${cabinKey}${String(figure.visor)}`, () => visorSoup(cabin, figure.visor))
    this.#fill('body', undefined, () => {
      const mesh = bodySoup(figure, driver, cabin.belt)
      addProp(mesh, figure.right.hand, driver, figure.head.at)
      addProp(mesh, figure.left.hand, driver, figure.head.at)
      return mesh
    })
    const look = [figure.eyes.yaw, figure.eyes.pitch, figure.mouth].map((value) => value.toFixed(2))
    this.#fill('head', `${JSON.stringify(driver)}${look.join()}`, () =>
      buildHead(driver, figure.eyes, figure.mouth),
    )
    const head = this.#parts.head
    head.position.copy(figure.head.at)
    head.quaternion.copy(figure.head.turn)
    head.scale.setScalar(driver.scale)
    const { at, turn } = wheelTurn(cabin)
    const wheel = this.#parts.wheel
    wheel.position.copy(at)
    wheel.quaternion.copy(turn)
    wheel.rotateX(shot.steering)
  }

  #aim({ view, shake, width, height }: Shot): void {
    const [x, y, z] = view.position
    const [up, forward, roll] = shake
    const camera = this.#camera
    camera.aspect = width / height
    const half = Math.tan((view.angle * Math.PI) / 360)
    camera.fov = (Math.atan((half * height) / width) * 360) / Math.PI
    camera.position.set(x + forward, y + up, z)
    camera.up.set(0, 1, 0)
    camera.lookAt(new Vector3(...view.target))
    camera.rotateZ(view.roll + roll)
    camera.updateProjectionMatrix()
  }

  #resize(width: number, height: number): void {
    if (this.#picture.width === width && this.#picture.height === height) return
    this.#picture.dispose()
    this.#picture = new WebGLRenderTarget(width, height, { samples: SAMPLES })
    this.#renderer.setSize(width, height, false)
  }

  #renderShadow(shot: Shot): void {
    const sun = shadowCamera(shot.light)
    surfaceUniforms(this.#surface.uniforms, shot, this.#camera.position, sun, this.#shadow)
    outsideUniforms(this.#beyond.uniforms, shot)
    if (shot.light.sunLevel <= 0) return
    this.#outside.visible = false
    this.#scene.overrideMaterial = this.#depth
    this.#renderer.setRenderTarget(this.#shadow)
    this.#renderer.render(this.#scene, sun)
    this.#scene.overrideMaterial = null
    this.#outside.visible = true
  }
}
