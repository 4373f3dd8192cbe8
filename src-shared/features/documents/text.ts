/** Words of printed documents. */
export const text = {
  'zh-CN': {
    'entity.documentTemplate': '打印模板',
    'actions.templateEdited': '修改打印模板',
    'actions.undone': '撤销',
    'actions.redone': '重做',
  },
  'en-US': {
    'entity.documentTemplate': 'Print template',
    'actions.templateEdited': 'Edited a print template',
    'actions.undone': 'Undid',
    'actions.redone': 'Redid',
  },
} as const
