export const text = {
  'zh-CN': {
    reversed: '已撤回 {{n}} 条',
    reversedCustomers: '已撤回 {{n}} 个客户',
    kept: '{{n}} 条之后有人改过，保留现在的内容',
    keptCustomers: '{{n}} 个客户之后有人改过，保留现在的内容',
    failed: '{{n}} 条没能撤回',
    separator: '；',
    redone: '已重做',
    taking: '撤销：{{what}}',
  },
  'en-US': {
    reversed: '{{n}} taken back',
    reversedCustomers: '{{n}} customers taken back',
    kept: '{{n}} changed since by others, kept as they are',
    keptCustomers: '{{n}} customers changed since by others, kept as they are',
    failed: '{{n}} could not be taken back',
    separator: '; ',
    redone: 'Done again',
    taking: 'Undo: {{what}}',
  },
} as const
