/**
 * What sheets call stages: under the names that the first pipeline begins with, or under the two ends that every pipeline has. A stage that
 * is called so itself goes before.
 */
export const STAGE_WORDS: Readonly<Record<string, readonly string[]>> = {
  初步接洽: [
    '初步接触',
    '初次接触',
    '新商机',
    '新建',
    '潜在',
    '线索确认',
    'prospecting',
    'prospect',
    'new',
    'initial contact',
    'lead in',
  ],
  需求确认: [
    '需求分析',
    '需求沟通',
    '需求调研',
    '跟进中',
    '进行中',
    'engaging',
    'engaged',
    'qualification',
    'qualified',
    'needs analysis',
    'discovery',
    'contact made',
  ],
  方案报价: [
    '方案',
    '报价',
    '方案/报价',
    '方案制定',
    '产品演示',
    'proposal',
    'quote',
    'quotation',
    'proposal/price quote',
    'demo',
  ],
  谈判审核: ['谈判', '商务谈判', '合同谈判', '议价', 'negotiation', 'negotiation/review', 'negotiating', 'contract sent'],
  won: ['赢单', '已赢单', '成交', '已成交', '成功', '签单', '已签单', '签约', '已签约', 'won', 'closed won', 'success'],
  lost: ['输单', '已输单', '丢单', '失败', '流失', '战败', '未成交', '已丢单', 'lost', 'closed lost', 'failed'],
}
