import { expect, it } from 'vitest'
import type { Notice } from '../../../src-shared/features/notifications/model.ts'
import { startText } from '../../kernel/text.ts'
import { newlyTold, titleWithCount } from './announce.ts'
import { addressOfNotice, noticeText } from './words.ts'

startText('zh-CN')
const notice = (id: string, more: Partial<Notice> = {}): Notice =>
  ({
    id,
    kind: 'assigned',
    entity: 'customer',
    recordId: 'c1',
    opens: { entity: 'customer', id: 'c1' },
    title: '海宁纺织',
    many: 1,
    byName: '顾建国',
    detail: {},
    at: `2026-11-19T0${id}:00:00.000Z`,
    readAt: null,
    ...more,
  }) as Notice

it('a window that was just opened announces nothing; then what is new, the oldest first, and what has grown', () => {
  expect(newlyTold(null, [notice('2'), notice('1')])).toEqual([])
  const before = new Map([['1', notice('1').at]])
  expect(newlyTold(before, [notice('3'), notice('2'), notice('1')]).map(({ id }) => id)).toEqual(['2', '3'])
  expect(newlyTold(before, [notice('1', { many: 5, at: '2026-11-19T05:00:00.000Z' })]).map(({ many }) => many)).toEqual([5])
})

it('an older one that comes up because a newer was read is no news', () => {
  expect(newlyTold(new Map([['4', notice('4').at]]), [notice('2')])).toEqual([])
})

it('what the pill of imports says is not said twice', () => {
  const imports = [notice('3', { kind: 'importDone' }), notice('2', { kind: 'jobFailed', detail: { kind: 'imports.run' } })]
  expect(newlyTold(new Map(), imports)).toEqual([])
  expect(newlyTold(new Map(), [notice('2', { kind: 'jobFailed', detail: { kind: 'backups.create' } })])).toHaveLength(1)
})

it('is one sentence: about one record its name, about many their number, about a job its file', () => {
  expect(noticeText(notice('1'))).toBe('顾建国 把「海宁纺织」分配给您')
  expect(noticeText(notice('1', { recordId: null, title: null, opens: null, many: 1286 }))).toBe('顾建国 把 1,286 个客户分配给您')
  expect(
    noticeText(notice('1', { kind: 'jobFailed', title: null, byName: '', detail: { kind: 'imports.run', title: '客户.xlsx' } })),
  ).toBe('导入没有完成：客户.xlsx')
  expect(noticeText(notice('1', { kind: 'ofTomorrow' }))).toContain('海宁纺织')
})

it('opens the page it is about, or nothing', () => {
  expect(addressOfNotice(notice('1'))).toBe('/customers/c1')
  expect(addressOfNotice(notice('1', { opens: null }))).toBe(null)
  expect(addressOfNotice(notice('1', { opens: { entity: 'import', id: 'i' } }))).toBe('/imports/i')
  for (const [list, page] of [
    ['customer', '/customers'],
    ['contact', '/contacts'],
    ['pool', '/pools'],
  ] as const)
    expect(addressOfNotice(notice('1', { kind: 'viewShared', opens: { entity: 'view', id: 'v' }, detail: { list } }))).toBe(page)
})

it('the title carries the number once', () => {
  expect(titleWithCount('客栈 CRM', 3)).toBe('(3) 客栈 CRM')
  expect(titleWithCount('(3) 客栈 CRM', 120)).toBe('(99+) 客栈 CRM')
  expect(titleWithCount('(99+) 客栈 CRM', 0)).toBe('客栈 CRM')
})

it('a hand-over names the kinds that were really handed over, each with its number', () => {
  const handed = (parts?: Record<string, number>) =>
    noticeText(notice('1', { kind: 'handedOver', many: 765, recordId: null, title: null, detail: { from: '高文博', parts } }))
  expect(handed({ opportunities: 119, customers: 1765 })).toBe('顾建国 把 高文博 的工作交接给您：1,765 个客户、119 个商机')
  expect(handed({ departments: 1 })).toBe('顾建国 把 高文博 的工作交接给您：1 个部门')
  expect(handed()).toBe('顾建国 把 高文博 的工作交接给您：765 项')
})
