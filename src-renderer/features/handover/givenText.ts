import type { Words } from '../../kernel/text.ts'

/** What is handed over, each kind with its number. */
export const givenWords = {
  'zh-CN': {
    customers: '{{n}} 个客户',
    opportunities: '{{n}} 个商机',
    quotes: '{{n}} 份报价',
    orders: '{{n}} 个订单',
    leads: '{{n}} 条线索',
    departments: '{{n}} 个部门',
    reports: '{{n}} 名下属',
    teams: '{{n}} 个协作客户',
    pools: '{{n}} 个公海',
    views: '{{n}} 个视图',
  },
  'en-US': {
    customers: '{{n}} customer{{n, s}}',
    opportunities: '{{n}} opportunit{{n, y}}',
    quotes: '{{n}} quote{{n, s}}',
    orders: '{{n}} order{{n, s}}',
    leads: '{{n}} lead{{n, s}}',
    departments: '{{n}} department{{n, s}}',
    reports: '{{n}} report{{n, s}}',
    teams: '{{n}} team seat{{n, s}}',
    pools: '{{n}} pool{{n, s}}',
    views: '{{n}} view{{n, s}}',
  },
} as const satisfies Words
