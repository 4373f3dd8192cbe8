/** Words of the layout of forms and records. */
export const text = {
  'zh-CN': {
    'entity.layout': '表单布局',
    'actions.saved': '修改表单布局',
    'actions.reset': '恢复标准布局',
    'actions.undone': '撤销',
    'actions.redone': '重做',
    'groups.basics': '基本信息',
    'groups.place': '地区与地址',
    'groups.next': '下一步',
    'groups.other': '备注',
    'groups.belongs': '归属',
    'groups.own': '自定义字段',
  },
  'en-US': {
    'entity.layout': 'Form layout',
    'actions.saved': 'Changed the form layout',
    'actions.reset': 'Went back to the standard layout',
    'actions.undone': 'Undid',
    'actions.redone': 'Redid',
    'groups.basics': 'Basics',
    'groups.place': 'Place',
    'groups.next': 'Next step',
    'groups.other': 'Note',
    'groups.belongs': 'Belongs to',
    'groups.own': 'Custom fields',
  },
} as const
