import { expect, it } from 'vitest'
import { Addresses } from '../../../../electron/app/screens/addresses.ts'
import type { DriveRequest } from '../../../../electron/contract/monitorApi.ts'
import { ROADWARD } from '../../../../electron/core/monitor/presets/roadward.ts'

const SECRET = 'rtsp://admin:pa@ss@10.0.0.7/user=admin&password=pass&channel=1'

const requestFor = (uri: string): DriveRequest => ({
  source: { uri, options: {} },
  ensemble: { directory: '/models/tiny', allowBroken: false },
  preset: ROADWARD,
  speed: 'realtime',
})

it('keeps passwords from screens, which can start again what they were shown', () => {
  const addresses = new Addresses()
  const shown = addresses.ofRequest(requestFor(SECRET))
  const catalog = addresses.ofCatalog({
    sources: [
      { uri: SECRET, kind: 'given', name: SECRET },
      { uri: '/dev/video0', kind: 'camera', name: 'Webcam' },
    ],
    ensembles: [],
    presets: [],
  })
  expect(JSON.stringify([shown, catalog])).not.toContain('pass&')
  expect(JSON.stringify([shown, catalog])).not.toContain('pa@ss')
  expect(catalog.sources[0]?.name).toBe(catalog.sources[0]?.uri)
  expect(addresses.real(shown).source.uri).toBe(SECRET)
  expect(addresses.real(requestFor('/dev/video0')).source.uri).toBe('/dev/video0')
})
