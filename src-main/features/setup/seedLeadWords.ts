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
