/** Words of what sources cost that history, refusals and rights use. */
export const text = {
  'zh-CN': {
    'entity.sourceCost': '来源投入',
    'refusals.endsBeforeItBegins': '结束日期早于开始日期，没有保存',
    'refusals.tooLong': '一笔投入最长 {{years}} 年，没有保存；可以分成几笔',
    'actions.created': '登记来源投入',
    'actions.edited': '修改来源投入',
    'actions.removed': '删除来源投入',
    'actions.seeded': '添加示例投入',
    'actions.undone': '撤销',
    'actions.redone': '重做',
  },
  'en-US': {
    'entity.sourceCost': 'Source cost',
    'refusals.endsBeforeItBegins': 'It ends before it begins; nothing was saved',
    'refusals.tooLong': 'One cost spans {{years}} years at most; nothing was saved. Enter it in parts',
    'actions.created': 'Enter a source cost',
    'actions.edited': 'Change a source cost',
    'actions.removed': 'Delete a source cost',
    'actions.seeded': 'Add sample costs',
    'actions.undone': 'Undo',
    'actions.redone': 'Redo',
  },
} as const
