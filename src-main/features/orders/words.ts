/** What sheets call where an order stands. */
export const STATUS_WORDS: Readonly<Record<string, readonly string[]>> = {
  draft: ['草稿', '未确认', '待确认', '新建', '未签', '待签', '待签约', 'new', 'pending', 'open'],
  confirmed: [
    '已确认',
    '确认',
    '已签',
    '已签约',
    '签约',
    '生效',
    '已生效',
    '执行中',
    '履行中',
    '进行中',
    '待发货',
    '已下单',
    'signed',
    'active',
    'in progress',
    'processing',
  ],
  delivered: [
    '已交付',
    '交付',
    '已完成',
    '完成',
    '已发货',
    '已交货',
    '已结束',
    '已关闭',
    'completed',
    'complete',
    'done',
    'shipped',
    'closed',
  ],
  cancelled: ['已取消', '取消', '作废', '已作废', '终止', '已终止', '解除', 'canceled', 'void', 'terminated'],
}

/** What sheets call how a planned payment stands; only that it is void is taken from them. */
export const PLAN_WORDS: Readonly<Record<string, readonly string[]>> = {
  pending: ['待回款', '未回款', '待收款', '未收', '未到期', '计划中', 'pending', 'open', 'planned', 'expected'],
  partial: ['部分回款', '部分收款', 'partial', 'partly paid'],
  done: ['已回款', '已收款', '已收', '已完成', '完成', '已结清', 'received', 'paid', 'done', 'completed'],
  overdue: ['逾期', '已逾期', '超期', 'late', 'overdue', 'past due'],
  void: ['作废', '已作废', '取消', '已取消', '无效', 'cancelled', 'canceled'],
}
