/**
 * The one material of the cabin, written out because three.js's own cost four times as much on a
 * software renderer. Light comes from the sun (with shadows), three windows, and a lamp beside
 * the lens; the picture leaves it toned and gamma-coded in eight bits.
 */
export const SURFACE_VERTEX = `
attribute vec2 surface;
varying vec3 vColour;
varying vec3 vFill;
varying vec2 vSurface;
varying vec3 vFacing;
varying vec3 vToEye;
varying vec3 vShadow;
uniform mat4 uShadowMatrix;
uniform vec3 uEye;
uniform vec3 uSky;
uniform float uLamp;
uniform float uOwn;
float through(vec3 n, vec3 window) {
  float half_ = max(0.0, dot(n, window) * 0.5 + 0.5);
  return half_ * sqrt(half_) * (0.6 + 0.4 * half_);
}
void main() {
  vec3 p = (modelMatrix * vec4(position, 1.0)).xyz;
  vec3 n = normalize(mat3(modelMatrix) * normal);
  float left = through(n, vec3(0.1, 0.42, -0.9)) / (1.0 + 0.9 * max(0.0, p.z + 0.4));
  float front = through(n, vec3(0.85, 0.52, 0.1)) / (1.0 + 0.9 * max(0.0, 0.7 - p.x));
  float right = through(n, vec3(0.2, 0.45, 0.87));
  float open = mix(0.32, 1.0, smoothstep(0.06, 0.7, p.y)) * mix(0.35, 1.0, smoothstep(-1.1, -0.35, p.x));
  vToEye = uEye - p;
  float far = length(vToEye);
  float lamp = uLamp * (0.25 + 0.75 * max(0.0, dot(n, vToEye) / far)) / (0.3 + 1.1 * far * far);
  vFill = color * (uSky * open * (0.11 + 0.64 * left + 0.64 * front + 0.38 * right) + lamp + surface.y * uOwn);
  vColour = color;
  vSurface = vec2(surface.x, open);
  vFacing = n;
  vec4 shadow = uShadowMatrix * vec4(p + n * 0.008, 1.0);
  vShadow = shadow.xyz * 0.5 + 0.5;
  gl_Position = projectionMatrix * viewMatrix * vec4(p, 1.0);
}`

const TONE = `
uniform float uExposure;
uniform vec3 uCast;
uniform float uMono;
vec3 tone(vec3 light) {
  vec3 seen = light * uCast * uExposure;
  seen = mix(seen, vec3(dot(seen, vec3(0.45, 0.4, 0.15))), uMono);
  return sqrt(vec3(1.0) - exp(-1.3 * seen));
}`

export const SURFACE_FRAGMENT = `
varying vec3 vColour;
varying vec3 vFill;
varying vec2 vSurface;
varying vec3 vFacing;
varying vec3 vToEye;
varying vec3 vShadow;
uniform vec3 uSun;
uniform vec3 uSunLight;
uniform vec3 uSky;
uniform float uLamp;
uniform sampler2D uShadowMap;
${TONE}
float open(vec2 off) { return step(vShadow.z - 0.004, texture2D(uShadowMap, vShadow.xy + off).r); }
void main() {
  vec3 n = normalize(vFacing);
  vec3 e = normalize(vToEye);
  float facing = max(0.0, dot(n, e));
  float rim = (1.0 - facing) * (1.0 - facing) * (1.0 - facing);
  vec3 colour = vFill + uSky * (rim * 0.5 * vSurface.y * vSurface.x);
  float sun = dot(n, uSun);
  if (uSunLight.g > 0.0 && sun > 0.0) {
    float lit = 0.25 * (open(vec2(-0.0016, -0.0006)) + open(vec2(0.0006, -0.0016)) + open(vec2(0.0016, 0.0006)) + open(vec2(-0.0006, 0.0016)));
    float glint = max(0.0, dot(n, normalize(uSun + e)));
    glint *= glint; glint *= glint; glint *= glint; glint *= glint; glint *= glint;
    colour += uSunLight * (lit * (vColour * sun + vec3(0.8 * vSurface.x * glint)));
  }
  if (uLamp > 0.0) {
    float glint = facing * facing; glint *= glint; glint *= glint; glint *= glint;
    colour += vec3(vSurface.x * uLamp * 0.2 * glint);
  }
  gl_FragColor = vec4(tone(colour), 1.0);
}`

/** What passes by: sky, trees or houses, a verge and the road, each at its own speed. */
export const OUTSIDE_VERTEX = `
varying vec2 vAt;
void main() {
  vAt = position.xy;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`

export const OUTSIDE_FRAGMENT = `
varying vec2 vAt;
uniform float uSeed;
uniform sampler2D uNoise;
uniform float uTravel;
uniform float uTrees;
uniform float uLevel;
uniform float uNight;
uniform vec3 uSkyColour;
${TONE}
float noise(vec2 p) { return texture2D(uNoise, (p + uSeed + 0.5) / 256.0).a; }
float hash(vec2 p) { return noise(floor(p) + vec2(31.0, 77.0)); }
void main() {
  float y = vAt.y;
  float far = vAt.x + uTravel * 0.35;
  float close = vAt.x + uTravel;
  vec3 colour = uSkyColour * (1.5 + 0.12 * y);
  colour += 0.5 * smoothstep(0.5, 0.9, noise(vec2(far * 0.12, y * 0.6)));
  float cell = floor(far / 2.6);
  float house = step(uTrees, hash(vec2(cell, 7.0))) * step(y, 1.1 + 2.2 * hash(vec2(cell, 3.0)));
  vec3 wall = mix(vec3(0.62, 0.55, 0.48), vec3(0.5, 0.56, 0.62), hash(vec2(cell, 1.0)));
  vec2 pane = fract(vec2(far * 1.6, y * 1.3));
  wall *= 1.0 - 0.45 * step(0.3, pane.x) * step(pane.x, 0.72) * step(0.3, pane.y) * step(pane.y, 0.78);
  colour = mix(colour, wall * 1.25, house);
  float tree = smoothstep(-0.15, 0.25, noise(vec2(far * 0.45, 2.0)) * 3.2 + noise(vec2(far * 2.3 + y, y * 2.0 - far)) * 0.9 - 0.55 - y * 0.75) * smoothstep(0.0, 0.12, uTrees + 0.2 - noise(vec2(far * 0.13, 5.0)));
  colour = mix(colour, vec3(0.17, 0.3, 0.1) * (0.7 + 1.1 * noise(vec2(far * 3.1 + y * 2.2, y * 3.7 - far * 1.3)) * noise(vec2(far * 7.0 - y * 3.0, y * 8.0 + far * 2.0))), tree);
  float verge = step(y, 0.12 + 0.1 * noise(vec2(close * 0.5, 1.0)));
  colour = mix(colour, vec3(0.34, 0.44, 0.2) * (0.75 + 0.5 * noise(vec2(close * 3.0, y * 9.0))), verge);
  float road = step(y, -0.75);
  colour = mix(colour, vec3(0.36, 0.36, 0.37) * (0.9 + 0.2 * noise(vec2(close, y * 3.0))), road);
  float post = step(abs(fract(close / 7.0) - 0.5), 0.008) * step(y, 3.2) * step(-0.75, y);
  colour = mix(colour, vec3(0.3), post);
  float lamp = step(0.62, hash(vec2(floor(close / 3.3), 11.0))) * smoothstep(0.4, 0.0, length(vec2(fract(close / 3.3) - 0.5, (y - 0.4 - 2.0 * hash(vec2(floor(close / 3.3), 2.0))) * 0.5)) * 3.0);
  colour = mix(colour, colour * 0.012 + vec3(1.0, 0.85, 0.55) * lamp * 1.4, uNight);
  gl_FragColor = vec4(tone(colour * uLevel), 1.0);
}`

/** The lens and the sensor: distortion, softness, vignette, grain, a hand before the lens. */
export const LENS_VERTEX = `
varying vec2 vUv;
void main() { vUv = uv; gl_Position = vec4(position.xy, 0.0, 1.0); }`

export const LENS_FRAGMENT = `
varying vec2 vUv;
uniform sampler2D uPicture;
uniform vec2 uPixel;
uniform float uBarrel;
uniform float uFlip;
uniform float uBlur;
uniform float uGrain;
uniform float uMono;
uniform vec2 uSeed;
uniform sampler2D uNoise;
uniform float uVignette;
uniform float uCover;
void main() {
  vec2 from = vUv - 0.5;
  float r2 = dot(from, from);
  vec2 at = 0.5 + from * (1.0 + uBarrel * (r2 - 0.25));
  at.x = mix(at.x, 1.0 - at.x, uFlip);
  vec2 off = uPixel * uBlur * 0.55;
  vec3 colour = texture2D(uPicture, at + off * vec2(1.0, 0.45)).rgb + texture2D(uPicture, at + off * vec2(-0.45, 1.0)).rgb
    + texture2D(uPicture, at + off * vec2(-1.0, -0.45)).rgb + texture2D(uPicture, at + off * vec2(0.45, -1.0)).rgb;
  colour *= 0.25 * (1.0 - uVignette * 2.0 * r2);
  float edge = vUv.x + 0.25 * sin(vUv.y * 2.6 + 0.6) - 0.1 * vUv.y;
  float cover = smoothstep(0.0, 0.28, uCover * 1.75 - edge);
  vec3 skin = mix(vec3(0.07, 0.022, 0.016), vec3(0.025, 0.01, 0.009), smoothstep(0.1, 0.9, vUv.y + 0.3 * edge));
  colour = mix(colour, mix(skin, vec3(dot(skin, vec3(0.333))), uMono), cover);
  vec3 grain = texture2D(uNoise, gl_FragCoord.xy / 256.0 + uSeed).rgb - 0.5;
  colour += uGrain * mix(grain, grain.ggg, uMono) * 3.2;
  gl_FragColor = vec4(colour, 1.0);
}`
