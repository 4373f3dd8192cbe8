import { describe, expect, it } from 'vitest'
import { readPhones } from './phone.ts'
import { phoneDoubt } from './phoneDoubt.ts'

describe('what is wrong with a phone', () => {
  it('counts the digits of a mobile', () => {
    expect(phoneDoubt('1381 577 04')).toEqual({ code: 'short', n: 2 })
    expect(phoneDoubt('138 0512 66213')).toEqual({ code: 'long', n: 1 })
    expect(phoneDoubt('+86 138 0512 662')).toEqual({ code: 'short', n: 1 })
  })

  it('names a local number without its area, and what is no number', () => {
    expect(phoneDoubt('8888 8888')).toEqual({ code: 'areaCode' })
    for (const text of ['123', '王经理', '分机请转总台']) expect(phoneDoubt(text), text).toEqual({ code: 'noNumber' })
  })

  it('is silent about every number that the cleaning reads', () => {
    const sound = [
      '138 0512 6621',
      '１３８０５１２６６２１',
      '+8613805126621',
      '0512-6621 8800',
      '(0571) 8888 8888',
      '0571-88888888转801',
      '+8657188888888;ext=801',
      '010-6621 8800',
      '400-805-7345',
      '+852 6123 4567',
      '13805126621 / 13905126621',
    ]
    for (const text of sound) {
      expect(readPhones(text.replace(';ext=', ' 转 ')).phones.length, text).toBeGreaterThan(0)
      expect(phoneDoubt(text), text).toBeNull()
    }
  })

  it('is silent about masked and service numbers, and about nothing', () => {
    for (const text of ['138****6621', '95588', '10086', '12345', '', ' ']) expect(phoneDoubt(text), text).toBeNull()
  })
})
