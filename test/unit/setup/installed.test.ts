import { describe, expect, it } from 'vitest'
import { judgeNode, judgeOpenCv } from '../../../electron/setup/installed.ts'

/** From OpenCV 4.6 of Debian 12. */
const DEBIAN = `
  Video I/O:
    DC1394:                      YES (2.2.6)
    FFMPEG:                      YES
      avcodec:                   YES (59.37.100)
    GStreamer:                   YES (1.22.0)
    PvAPI:                       NO
    v4l/v4l2:                    YES (linux/videodev2.h)
`

describe('what the doctor finds installed', () => {
  it('names the ways in which OpenCV reads video', () => {
    expect(judgeOpenCv('4.6.0', DEBIAN)).toEqual({
      status: 'ok',
      detail: '4.6.0 with FFmpeg, GStreamer, V4L2',
    })
  })

  it('warns of an OpenCV without FFmpeg, which reads neither videos nor streams', () => {
    const verdict = judgeOpenCv('4.10.0', DEBIAN.replace(/FFMPEG: +YES/, 'FFMPEG: NO'))
    expect(verdict.status).toBe('limited')
    expect(verdict.tip).toContain('built with FFmpeg')
  })

  it('says so where OpenCV has no video backend at all', () => {
    expect(judgeOpenCv('4.10.0', '').detail).toMatch(/^4\.10\.0 with no video backend/)
  })

  it.each([
    ['20.19.0', 'ok'],
    ['22.1.0', 'ok'],
    ['20.18.3', 'missing'],
    ['18.20.0', 'missing'],
  ])('Node %s is %s', (version, status) => {
    expect(judgeNode(version, '>=20.19').status).toBe(status)
  })
})
