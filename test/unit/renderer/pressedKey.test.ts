import { describe, expect, it } from 'vitest'
import { actionOf } from '../../../renderer/app/keys.ts'
import { reviewActionOf } from '../../../renderer/review/components/reviewKeys.ts'
import { pressedKey } from '../../../renderer/shared/pressedKey.ts'

const free = { ctrlKey: false, metaKey: false, altKey: false }
const press = (key: string, code: string, shiftKey = false) => ({ ...free, key, code, shiftKey })
const ofScreen = (pressed: ReturnType<typeof press>) =>
  actionOf({ ...pressed, key: pressedKey(pressed), taken: false })
const ofReview = (pressed: ReturnType<typeof press>) =>
  reviewActionOf({ ...pressed, key: pressedKey(pressed) }, 'none')

describe('keys under an input method', () => {
  it('work although it swallows them', () => {
    expect(ofScreen(press('Process', 'KeyK'))).toBe('play')
    expect(ofScreen(press('Process', 'Space'))).toBe('space')
    expect(ofScreen(press('Process', 'Slash', true))).toBe('help')
    expect(ofReview(press('Process', 'BracketRight'))).toBe('next-event')
    expect(ofReview(press('Process', 'Digit3'))).toBe('3')
  })

  it('work where it writes full-width signs instead', () => {
    expect(ofScreen(press('，', 'Comma'))).toBe('stepBack')
    expect(ofScreen(press('》', 'Period', true))).toBe('faster')
    expect(ofReview(press('１', 'Numpad1'))).toBe('1')
  })

  it('work on a keyboard of another script', () => {
    expect(ofScreen(press('л', 'KeyK'))).toBe('play')
    expect(ofReview(press('т', 'KeyN'))).toBe('next-event')
  })

  it('stay where a Latin layout has them, and arrows where they are', () => {
    // A French keyboard has M beside L, where others have a semicolon.
    expect(ofScreen(press('m', 'Semicolon'))).toBe('mute')
    expect(ofScreen(press('q', 'KeyA'))).toBeUndefined()
    expect(ofScreen(press('ö', 'Semicolon'))).toBeUndefined()
    expect(ofScreen(press('ArrowLeft', 'ArrowLeft'))).toBe('back')
    expect(ofReview(press('Escape', 'Escape'))).toBe('leave')
  })
})
