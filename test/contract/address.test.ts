import { describe, expect, it } from 'vitest'
import { shownAddress } from '../../electron/contract/address.ts'

describe('an address as it may be shown', () => {
  it.each([
    ['rtsp://admin:secret@10.0.0.7/cabin', 'rtsp://admin:***@10.0.0.7/cabin'],
    ['rtsp://admin:s@cr@t@10.0.0.7:554/cabin', 'rtsp://admin:***@10.0.0.7:554/cabin'],
    ['http://admin@10.0.0.7/cabin', 'http://admin@10.0.0.7/cabin'],
    [
      'http://cam/videostream.cgi?user=admin&pwd=secret&rate=0',
      'http://cam/videostream.cgi?user=admin&pwd=***&rate=0',
    ],
    [
      'rtsp://10.0.0.7:554/user=admin&password=secret&channel=1&stream=0.sdp?real_stream',
      'rtsp://10.0.0.7:554/user=admin&password=***&channel=1&stream=0.sdp?real_stream',
    ],
    [
      'rtsp://10.0.0.7:554/user=admin_password=tlJwpbo6_channel=1_stream=0.sdp',
      'rtsp://10.0.0.7:554/user=admin_password=***_channel=1_stream=0.sdp',
    ],
    ['http://cam/live?token=abc#x', 'http://cam/live?token=***#x'],
    ['https://cam/live?ACCESS_TOKEN=abc', 'https://cam/live?ACCESS_TOKEN=***'],
    ['http://cam/live?monkey=1&compass=2', 'http://cam/live?monkey=1&compass=2'],
    [
      'http://cam/mjpg/video.mjpg?resolution=640x480',
      'http://cam/mjpg/video.mjpg?resolution=640x480',
    ],
  ])('holds no secret: %s', (uri, shown) => {
    expect(shownAddress(uri)).toBe(shown)
    expect(shownAddress(shown)).toBe(shown)
  })

  it.each(['0', '/dev/video0', 'drives/password=1.mp4', 'C:\\drives\\a.mp4'])(
    'is what it was where it is none: %s',
    (uri) => {
      expect(shownAddress(uri)).toBe(uri)
    },
  )
})
