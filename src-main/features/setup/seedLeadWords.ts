/** What invented leads asked for and what was said with them. */
export const LEAD_WORDS = {
  pool: '公共线索池',
  campaigns: [null, null, null, '春季展会', '官网改版', '老客户推荐有礼', '行业公众号'],
  wishes: [null, '想要报价和样品', '问交期和起订量', '要产品目录', '约时间看厂', '找替代供应商', '询问能否定制'],
  said: [
    '电话接通，对方要型号清单',
    '加了微信，发了产品目录',
    '对方在比三家，约周四再谈',
    '上门看了现场，需求明确',
    '说预算要等月底批下来',
    '要一份样品，已登记',
    '报了参考价，对方说偏高',
  ],
}

/** What a firm of a hundred leads in two months spends on where its customers come from, in yuan; what costs nothing is missing. */
export const SPENDING = [
  { source: '展会', every: 'event', least: 38_000, most: 76_000, note: '展位、搭建和差旅' },
  { source: '官网', every: 'year', least: 36_000, most: 48_000, note: '网站维护和内容' },
  { source: '广告', every: 'month', least: 16_000, most: 34_000, note: '搜索和行业媒体' },
  { source: '微信', every: 'month', least: 4_000, most: 9_000, note: '公众号和社群' },
  { source: '电话营销', every: 'month', least: 12_000, most: 18_000, note: '外呼' },
  { source: '地推', every: 'month', least: 2_000, most: 4_500, note: null },
] as const
