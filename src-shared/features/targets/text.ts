/** Words of targets that history, refusals and rights use. */
export const text = {
  'zh-CN': {
    'entity.target': '业绩目标',
    'refusals.aimUnknown': '有的同事或部门已不存在，没有保存，请刷新再试',
    'actions.set': '设定业绩目标',
    'actions.undone': '撤销',
    'actions.redone': '重做',
  },
  'en-US': {
    'entity.target': 'Target',
    'refusals.aimUnknown': 'A colleague or department is gone; nothing was saved. Reload and try again',
    'actions.set': 'Set targets',
    'actions.undone': 'Undo',
    'actions.redone': 'Redo',
  },
} as const
