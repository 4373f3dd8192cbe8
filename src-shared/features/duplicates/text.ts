/** Words of the search for duplicates. */
export const text = {
  'zh-CN': {
    'fields.contacts': '联系人',
    'fields.followUps': '跟进次数',
    'refusals.alreadyRunning': '已经有人在查找，请等它结束',
    'refusals.groupGone': '这一组已经处理过了',
    'refusals.notInReach': '这些客户都不归您编辑，请由负责人来判定',
    'actions.found': '开始查找重复客户',
    'actions.notDuplicates': '标记为不是重复',
    'actions.undone': '撤销',
    'actions.redone': '重做',
  },
  'en-US': {
    'fields.contacts': 'Contacts',
    'fields.followUps': 'Follow-ups',
    'refusals.alreadyRunning': 'A search is running already; wait until it ends',
    'refusals.groupGone': 'This group has been settled already',
    'refusals.notInReach': 'None of these customers is yours to edit; leave it to their owners',
    'actions.found': 'Started a search for duplicate customers',
    'actions.notDuplicates': 'Marked as not duplicates',
    'actions.undone': 'Undid',
    'actions.redone': 'Redid',
  },
} as const
