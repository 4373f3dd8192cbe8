import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type MatchRecord, matchKeys } from '../../src-shared/kernel/matching/keys.ts'
import { scorePair } from '../../src-shared/kernel/matching/score.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { explain, reasonWord } from '../../src-shared/kernel/matching/explain.ts'
import { said, WEIGHTS } from '../../src-shared/kernel/matching/weights.ts'
import { customerImporter } from '../../src-main/features/customers/importer.ts'
import { baseKeys } from '../../src-main/features/imports/baseKeys.ts'
import { Matcher } from '../../src-main/features/imports/match.ts'
import { matchingOn } from '../../src-main/kernel/matchingSetting.ts'
import { type Client, clientAs, startBackend, type TestBackend } from '../support/backend.ts'

/** Who is there, and who comes: names, phones and mails in pairs that are one, may be, or are not. */
const PAIRS: readonly (readonly [there: Case, comes: Case])[] = [
  [
    { name: '苏州达科物流有限公司', phone: '13805126621' },
    { name: '达科物流', phone: '138 0512 6621' },
  ],
  [
    { name: '杭州云润食品有限公司', phone: '13911112222' },
    { name: '杭州云潤食品股份有限公司', phone: '' },
  ],
  [
    { name: '宁波昊明纺织有限公司', phone: '13700001111' },
    { name: '宁波昊铭纺织有限公司', phone: '13700001111' },
  ],
  [
    { name: '无锡卓越机械有限公司', phone: '13622223333' },
    { name: '无锡卓越机械有限公司合肥分公司', phone: '13622223333' },
  ],
  [
    { name: '南京博远科技有限公司', phone: '025-83771234' },
    { name: '南京恒泰建材有限公司', phone: '025-83771234' },
  ],
  [
    { name: '成都新航餐饮有限公司', phone: '13533334444' },
    { name: '重庆丰盛服饰有限公司', phone: '13533334444' },
  ],
  [
    { name: '上海嘉德化工有限公司', phone: '13455556666' },
    { name: '北京嘉德化工有限公司', phone: '13499990000' },
  ],
  [
    { name: 'Acme Trading Co., Ltd.', phone: '13811110001' },
    { name: 'Acme Tradng Ltd', phone: '13811110001' },
  ],
  [
    { name: 'Northwind Logistics Inc', phone: '' },
    { name: 'Logistics Northwind', phone: '' },
  ],
]
type Case = { name: string; phone: string }
const e164 = (phone: string): string => (phone.startsWith('0') ? `+86${phone.slice(1)}` : `+86${phone}`).replace(/[\s-]/g, '')
const recordOf = ({ name, phone }: Case): MatchRecord => ({ name, phones: phone ? [e164(phone)] : [] })

describe.each(['zh', 'en'] as const)('one judgement, matching %s', (matching) => {
  let backend: TestBackend
  let client: Client
  let admin: Actor
  beforeAll(async () => {
    backend = await startBackend()
    await backend.start()
    const user = backend.backend.database.raw.prepare('select id from user_account').get() as { id: string }
    admin = { ...backend.sessions.localAdmin('http'), userId: user.id, origin: 'http' }
    client = clientAs(backend.backend, admin)
    await client.setup.changeMatching({ matching })
  })
  afterAll(() => backend.dispose())

  it.each(PAIRS)('form, import and the function itself say the same of %o and %o', async (there, comes) => {
    const { raw } = backend.backend.database
    const created = await client.customers.create({ name: there.name, ...(there.phone ? { phone: there.phone } : {}) })
    const [left, right] = [recordOf(there), recordOf(comes)]
    const score = scorePair(right, left, { matching: matchingOn(raw) })
    const meet = matchKeys(left).some(({ kind, key }) => matchKeys(right).some((one) => one.kind === kind && one.key === key))
    const wanted = meet ? score.verdict : 'different'

    const lookalikes = await client.customers.lookalikes({ name: comes.name, ...(comes.phone ? { phones: [comes.phone] } : {}) })
    const form = lookalikes.find(({ id }) => id === created.id)
    expect(form === undefined ? 'different' : form.sure ? 'same' : 'maybe').toBe(wanted)
    if (form) expect(form.reasons).toEqual(score.reasons.filter(({ weight }) => weight > 0).map(({ code }) => code))

    // Whether the keys of the base are asked for one by one or were read before.
    expect(baseKeys(raw, 0)).toBeNull()
    for (const base of [null, baseKeys(raw, 1000)]) {
      const matcher = new Matcher({
        importer: customerImporter,
        read: (sql, parameter) => raw.prepare(sql).all(parameter) as Record<string, unknown>[],
        actor: admin,
        identity: ['phone', 'core', 'code', 'email'],
        matching: matchingOn(raw),
        base,
        staged: () => null,
      })
      const looked = matcher.look(1, {
        customer: [{ name: comes.name, ...(comes.phone ? { phone: recordOf(comes).phones[0] } : {}) }],
      })
      const { match } = matcher.match(looked, matcher.carried([looked]).has(looked))
      expect(match === null ? 'different' : match.sure ? 'same' : 'maybe').toBe(wanted)
      if (match) expect(match.because).toEqual(form?.reasons)
    }
  })
})

describe('the setting', () => {
  it('is the workspace’s, and the keys serve both languages: nothing is rebuilt when it changes', () => {
    const keys = (name: string): string[] => matchKeys({ name, phones: [] }).map(({ key }) => key)
    expect(keys('Northwind Logistics Inc').filter((key) => keys('Logistics Northwind').includes(key))).not.toEqual([])
    expect(keys('Acme Trading Co., Ltd.').filter((key) => keys('Akme Trading').includes(key))).not.toEqual([])
    const [one, other] = [
      recordOf({ name: 'Northwind Logistics Inc', phone: '' }),
      recordOf({ name: 'Logistics Northwind', phone: '' }),
    ]
    expect(scorePair(one, other, { matching: 'en' }).verdict).toBe('same')
    expect(scorePair(one, other, { matching: 'zh' }).verdict).toBe('different')
  })

  it('says what speaks against, and never one city of two addresses in two', () => {
    const there = { name: '苏州达科物流有限公司', phones: ['+8651265101122'], city: '苏州市', address: '人民路18号' }
    const comes = { name: '苏州达科物流', phones: ['+8657982310044'], city: '金华市', address: '八一南街256号' }
    const { reasons, bits } = scorePair(there, comes)
    const sentence = explain(said(reasons), 'zh-CN')
    expect(sentence).toBe('公司名归一后相同，名称里是同一个城市；但是电话不同，地址在不同城市')
    expect(explain(reasons, 'zh-CN')).toBe(sentence)
    // What is only told changes nothing about the judgement.
    const near = scorePair(there, { ...comes, city: '苏州市' })
    expect([near.bits, explain(said(near.reasons), 'zh-CN')]).toEqual([
      bits,
      '公司名归一后相同，在同一个城市；但是电话不同，地址不同',
    ])
  })

  it('explains itself in both languages, for and against', () => {
    const { reasons } = scorePair(
      { name: '苏州达科物流有限公司', phones: ['+8613805126621'], contact: '王建国' },
      { name: '达科物流', phones: ['+8613805126621'], contact: '李梅' },
    )
    expect(explain(reasons, 'zh-CN')).toBe('手机相同，公司名归一后相同；但是联系人不同')
    expect(explain(reasons, 'en-US')).toBe('same mobile, same company name; but different contacts')
    expect(explain(['coreSame', 'coreShortSame'], 'zh-CN')).toBe('公司名归一后相同')
    expect(explain(['coreSame', 'contactDiffers', 'phonesDiffer'], 'zh-CN')).toBe('公司名归一后相同；但是联系人不同，手机不同')
    for (const code of Object.keys(WEIGHTS)) if (code !== 'prior') expect(reasonWord(code, 'zh-CN')).not.toBe(code)
  })
})
