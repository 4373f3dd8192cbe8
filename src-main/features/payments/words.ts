/** What sheets call the ways of money. */
export const KIND_WORDS: Readonly<Record<string, readonly string[]>> = {
  payment: ['回款', '收款', '到账', '收入', '付款', 'received', 'receipt', 'income'],
  refund: ['退款', '退回', '退', 'refunded', 'return', 'credit'],
}
export const METHOD_WORDS: Readonly<Record<string, readonly string[]>> = {
  transfer: ['转账', '银行转账', '对公转账', '电汇', '汇款', '银行', '对公', 'bank transfer', 'wire', 'bank'],
  cash: ['现金'],
  alipay: ['支付宝'],
  wechat: ['微信', '微信支付', 'wechat pay'],
  check: ['支票', '承兑', '承兑汇票', '汇票', 'cheque', 'draft'],
  other: ['其他', '其它', '其他方式'],
}
