import { expect, it } from 'vitest'
import type { Estate, Plan } from '../../../src-shared/features/handover/model.ts'
import { startText, translate } from '../../kernel/text.ts'
import { outlookOf } from './outlook.ts'
import { type HandoverWord, text } from './text.ts'

startText('zh-CN')
const t = (key: HandoverWord, values?: Record<string, string | number>) => translate(text, key, values)
const NAMES = ['陈思远', '林晓雯', '沈立群', '叶雨晨'].map((label, n) => ({ value: `${n}`, label }))
const NONE = {
  customers: 0,
  binned: 0,
  opportunities: 0,
  quotes: 0,
  orders: 0,
  leads: 0,
  teams: 0,
  departments: [],
  reports: [],
  pools: [],
  views: [],
}
const NOBODY = Object.fromEntries(
  ['opportunities', 'quotes', 'orders', 'leads', 'departments', 'reports', 'teams', 'pools', 'views'].map((kind) => [
    `${kind}To`,
    null,
  ]),
)
const said = (estate: object, plan: object) =>
  outlookOf({ ...NONE, ...estate } as unknown as Estate, { customers: null, ...NOBODY, ...plan } as unknown as Plan, NAMES, t)

it('names what goes, to whom, and what stays, before anything is done', () => {
  const estate = { customers: 1529, opportunities: 119, orders: 51, leads: 34, pools: [{ name: '华东公海' }] }
  const even = { customers: { kind: 'even', to: ['0', '1'] }, opportunitiesTo: '2' }
  expect(said(estate, even)).toEqual({
    sentence: '1,529 个客户、119 个商机交给陈思远、林晓雯、沈立群；51 个订单、34 条线索留在他名下；退出 1 个公海',
    onlyCustomers: false,
  })
  const many = { customers: { kind: 'even', to: ['0', '1', '2', '3'] } }
  expect(said({ customers: 8, binned: 2 }, many)).toEqual({
    sentence: '8 个客户（另有 2 个在回收站或已合并）交给陈思远、林晓雯、沈立群等 4 人',
    onlyCustomers: true,
  })
})

it('of somebody chosen for what is not there nothing is said', () => {
  expect(said({ orders: 1 }, { leadsTo: '0' }).sentence).toBe('没有内容交给别人；1 个订单留在他名下')
})
