import { describe, expect, it } from 'vitest'
import { shortLandline, withoutExtension } from './shortLandline.ts'

describe('landlines cut short', () => {
  it.each([
    ['0512-1234567转801', { area: '0512', wanted: 8, missing: 1 }],
    ['（0571）８８８８８８', { area: '0571', wanted: 8, missing: 2 }],
    ['010-6551234', { area: '010', wanted: 8, missing: 1 }],
    ['+86 512 6621880', { area: '0512', wanted: 8, missing: 1 }],
    ['0563-560012', { area: '0563', wanted: 7, missing: 1 }],
    ['0512-66218800', null],
    ['0563-5600123', null],
    ['1380512662', null],
    ['320502199001011234', null],
  ])('%s', (text, expected) => expect(shortLandline(text)).toEqual(expected))

  it('are told without their inner number', () => expect(withoutExtension('0512-1234567转801')).toBe('0512-1234567'))
})
