import { describe, expect, it } from 'vitest'
import { candidatePairs, clusterPairs } from './cluster.ts'
import { type MatchRecord, matchKeys } from './keys.ts'
import { nameCore } from './nameCore.ts'
import { scorePair } from './score.ts'

const record = (name: string, more: Partial<MatchRecord> = {}): MatchRecord => ({ name, phones: [], ...more })
const verdict = (a: MatchRecord, b: MatchRecord) => scorePair(a, b).verdict

describe('name core', () => {
  it.each([
    '苏州达科物流有限公司',
    '江苏省苏州达科物流有限公司',
    '苏州達科物流（集團）股份有限公司',
    '苏州市达科物流',
    '达科物流（苏州）有限公司',
    ' 苏州达科 物流有限公司　',
    '苏州达科物流有限公司(VIP)',
    '苏州达科物流有限责任公司',
  ])('%s → 达科物流 of Suzhou', (name) =>
    expect(nameCore(name)).toMatchObject({ core: '达科物流', branch: null, region: '3205' }),
  )

  it.each([
    ['苏州达科物流有限公司合肥分公司', '达科物流', '合肥'],
    ['达科物流上海分公司', '达科物流', '上海'],
    ['北京银行股份有限公司苏州分行', '北京银行', '苏州'],
    ['达科物流有限公司第二分公司', '达科物流', '第二'],
  ])('%s is a branch', (name, core, branch) => expect(nameCore(name)).toMatchObject({ core, branch }))

  it.each([
    ['北京银行', '北京银行'],
    ['中山大学', '中山大学'],
    ['东方航空', '东方航空'],
    ['阿里巴巴(中国)有限公司', '阿里巴巴'],
    ['ACME Trading Co., Ltd.', 'acmetrading'],
    ['张三', '张三'],
  ])('%s keeps what names it', (name, core) => expect(nameCore(name).core).toBe(core))
})

describe('keys', () => {
  it('are equal for notations of one customer and stable', () => {
    const one = matchKeys(record('苏州達科物流有限公司', { phones: ['+8613805126621'], contact: '王建国', email: 'A@B.cn' }))
    expect(one).toEqual([
      { kind: 'phone', key: '8613805126621' },
      { kind: 'phone', key: '6621~wangjianguo' },
      { kind: 'core', key: '达科物流' },
      { kind: 'pinyin', key: 'dakewuliu' },
      { kind: 'name', key: '苏州达科物流' },
      { kind: 'email', key: 'a@b.cn' },
    ])
    expect(
      matchKeys(record('达科物流', { phones: [], masked: ['138****6621'], contact: '王建国' })).map(({ key }) => key),
    ).toContain('6621~wangjianguo')
  })

  it('do not gather all persons of one name', () => {
    expect(matchKeys(record('王伟'))).toEqual([])
    expect(matchKeys(record('王伟', { city: '苏州市' })).map(({ key }) => key)).toContain('王伟@苏州市')
  })
})

describe('scoring', () => {
  const house = record('苏州达科物流有限公司', { contact: '王建国', phones: ['+8613805126621'], city: '苏州市' })

  it('joins notations of one customer', () => {
    expect(verdict(house, record('达科物流', { masked: ['138****6621'], contact: '王总' }))).toBe('same')
    expect(verdict(house, record('苏州大科物流有限公司', { phones: ['+8613805126621'] }))).toBe('same')
    expect(verdict(house, record('江苏省苏州達科物流股份有限公司', { contact: '王建国' }))).toBe('same')
    expect(verdict(house, record('昆铭达科物流', { phones: ['+8613805126621'], contact: '王建国' }))).not.toBe('different')
  })

  it('keeps branches, namesakes and switchboards apart', () => {
    expect(verdict(house, record('苏州达科物流有限公司合肥分公司', { contact: '王建国', phones: ['+8613805126621'] }))).toBe(
      'different',
    )
    expect(verdict(house, record('无锡达科物流有限公司', { contact: '李梅', phones: ['+8613900001111'] }))).toBe('different')
    const line = { phones: ['+8651266218800'], city: '苏州市' }
    expect(verdict(record('苏州云润食品有限公司', line), record('苏州昊明纺织有限公司', line))).toBe('different')
    expect(
      verdict(
        record('王伟', { phones: ['+8613805126621'], city: '苏州市' }),
        record('王伟', { phones: ['+8613900001111'], city: '苏州市' }),
      ),
    ).toBe('different')
    expect(
      verdict(
        record('苏州云润食品有限公司', { creditCode: '91350100M000100Y43', phones: [] }),
        record('苏州云润食品有限公司', { creditCode: '91320500MA1XXXXX0A', phones: [] }),
      ),
    ).toBe('different')
  })

  it('keeps sisters apart: numbers and directions are no typing errors', () => {
    const line = { phones: ['+8651266218800'], city: '苏州市' }
    expect(verdict(record('苏州市第一人民医院', line), record('苏州市第二人民医院', line))).toBe('different')
    expect(verdict(record('达科物流', line), record('达科物流二厂', line))).toBe('different')
    expect(verdict(record('云润', line), record('云润达食品', line))).toBe('different')
  })

  it('reads phones as they are stored: with extensions, and masked among the whole ones', () => {
    expect(
      matchKeys(record('达科物流', { phones: ['+8651266218800;ext=801', '138****6621', '无'] })).filter(
        ({ kind }) => kind === 'phone',
      ),
    ).toEqual([{ kind: 'phone', key: '8651266218800' }])
    expect(verdict(record('达科物流', { phones: ['138****6621'] }), record('达科物流', { phones: ['+8613805126621'] }))).toBe(
      'same',
    )
  })

  it('asks where one person runs two companies', () => {
    const boss = { contact: '王建国', phones: ['+8613805126621'] }
    expect(verdict(record('苏州云润食品有限公司', boss), record('苏州昊明纺织有限公司', boss))).toBe('maybe')
  })

  it('explains itself: the reasons add up to the bits', () => {
    const { bits, reasons } = scorePair(house, record('达科物流', { contact: '王建国' }))
    expect(reasons.reduce((sum, { weight }) => sum + weight, -4)).toBeCloseTo(bits)
    expect(reasons[0]?.code).toBe('coreSame')
  })
})

describe('clusters', () => {
  it('join through a third record but never tie a branch to its house', () => {
    const records = [
      record('苏州达科物流有限公司', { phones: ['+8613805126621'] }),
      record('达科物流', { phones: ['+8613805126621', '+8613900001111'] }),
      record('苏州达科物流有限公司合肥分公司', { phones: ['+8613900001111'] }),
      record('云润食品'),
    ]
    const pairs = [
      { a: 0, b: 1, score: 0.99 },
      { a: 1, b: 2, score: 0.98 },
    ]
    expect(clusterPairs(4, pairs)).toEqual([0, 0, 0, 3])
    expect(clusterPairs(4, pairs, (a, b) => scorePair(records[a] as MatchRecord, records[b] as MatchRecord).conflict)).toEqual([
      0, 0, 2, 3,
    ])
    expect(candidatePairs(records.map((one) => matchKeys(one)))).toEqual([
      { a: 0, b: 1 },
      { a: 0, b: 2 },
      { a: 1, b: 2 },
    ])
  })

  it('stay linear where thousands share a placeholder', () => {
    const keys = Array.from({ length: 5000 }, () => [{ kind: 'phone' as const, key: '8613800000000' }])
    expect(candidatePairs(keys).length).toBeLessThan(5000 * 20)
  })
})
