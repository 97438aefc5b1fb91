import { describe, expect, it } from 'vitest'
import { Origins } from '../../../../electron/shells/web/origins.ts'

describe('who may ask for the screen', () => {
  it.each([
    [443, true, 'https'],
    [80, false, 'http'],
  ] as const)('at port %d, asks as browsers do, without the port', (port, secure, scheme) => {
    const origins = new Origins(['car.example', '::1'], port, secure)
    for (const host of ['car.example', `CAR.example:${port}`, '[::1]', `[::1]:${port}`]) {
      expect([host, origins.hostIsOurs(host)]).toEqual([host, true])
      expect([host, origins.originIsOurs(`${scheme}://${host}`)]).toEqual([host, true])
    }
    expect(origins.hostIsOurs('evil.example')).toBe(false)
    expect(origins.originIsOurs(`${scheme}://evil.example`)).toBe(false)
  })

  it('names every other port, also that of the other scheme', () => {
    for (const [port, secure] of [
      [443, false],
      [80, true],
      [8080, false],
    ] as const) {
      expect(new Origins(['car.example'], port, secure).hostIsOurs('car.example')).toBe(false)
    }
  })
})
