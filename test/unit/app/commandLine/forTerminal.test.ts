import { describe, expect, it } from 'vitest'
import { forTerminal, jsonForTerminal } from '../../../../electron/app/commandLine/forTerminal.ts'

describe('a text on its way to a terminal', () => {
  it('is shown where a terminal would obey it', () => {
    expect(forTerminal('\x1b]0;owned\x07\x1b[2J.mp4')).toBe(String.raw`\x1b]0;owned\x07\x1b[2J.mp4`)
    expect(forTerminal('\u009b31m')).toBe(String.raw`\x9b31m`)
    expect(forTerminal('drive\nerror: disk\r')).toBe(String.raw`drive\x0aerror: disk\x0d`)
    expect(forTerminal('exe.\u202e4pm')).toBe(String.raw`exe.\u202e4pm`)
  })

  it('stays as it is where it only reads', () => {
    const text = 'Fahrt für Ännchen · 李伟 · Сергей 🚗 100 %'
    expect(forTerminal(text)).toBe(text)
  })

  it('is the same value in JSON', () => {
    const value = { name: 'a\x1b[2J\u009b31m\u202e\u007f.mp4' }
    const json = jsonForTerminal(value)
    expect(JSON.parse(json)).toEqual(value)
    expect(json).toBe(String.raw`{"name":"a\u001b[2J\u009b31m\u202e\u007f.mp4"}`)
  })
})
