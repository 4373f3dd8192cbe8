import { describe, expect, it } from 'vitest'
import { attempt, Refusal } from '../../kernel/refusal.ts'
import { soundTaxNumber } from './rules.ts'

const said = (given: string | null) => {
  const answer = attempt(() => soundTaxNumber(given))
  return answer instanceof Refusal ? answer.reason : answer
}

describe('a tax number', () => {
  it('of 18 signs checks itself, whoever typed it however', () => {
    expect(said(' 91350100m000100y4３ ')).toBe('91350100M000100Y43')
    expect(said('91350100M000100Y44')).toBe('taxNumberCheck')
    // The identity card of a sole trader.
    expect(said('11010519491231002X')).toBe('11010519491231002X')
    expect(said('110105194912310021')).toBe('taxNumberCheck')
    expect(said('IIIIIIIIIIIIIIIIII')).toBe('taxNumberShape')
  })
  it('of the old lengths passes, of others it does not, and none is none', () => {
    expect(said('110105710000000')).toBe('110105710000000')
    expect(said('11010571000000012')).toBe('11010571000000012')
    expect(said('1101057100')).toBe('taxNumberShape')
    expect(said('  ')).toBeNull()
    expect(said(null)).toBeNull()
  })
})
