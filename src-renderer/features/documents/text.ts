import type { Words } from '../../kernel/text.ts'

export const text = {
  'zh-CN': {
    title: '打印模板',
    note: '打印的单据在明细前后写什么',
    kind_quote: '报价单',
    heading: '标题',
    head: '抬头（公司地址、电话、开户行）',
    intro: '开头的话',
    terms: '条款（单据自己没有写条款时用）',
    signature: '落款，一行一处',
    company: '公司名称来自个人资料里的公司设置：{{company}}',
    save: '保存',
    saved: '已保存打印模板',
  },
  'en-US': {
    title: 'Print templates',
    note: 'What printed documents say around their lines',
    kind_quote: 'Quote',
    heading: 'Title',
    head: 'Head (address, phone, bank)',
    intro: 'Opening words',
    terms: 'Terms, where the document has none of its own',
    signature: 'Signatures, one a line',
    company: 'The name of the company is that of its settings: {{company}}',
    save: 'Save',
    saved: 'Saved the print template',
  },
} as const satisfies Words
