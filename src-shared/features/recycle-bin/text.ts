import { customRefusals } from '../../kernel/custom/text.ts'

/** Words of the recycle bin. */
export const text = {
  'zh-CN': {
    'refusals.nothingSelected': '没有选中任何一条',
    'refusals.selectionChanged': '选中的变了：刚才是 {{expected}} 条，现在是 {{found}} 条，没有删除，请重新确认',
    'refusals.customerDeleted': '所属客户也在回收站里，没有恢复；请先恢复客户，或者连同客户一起恢复',
    'refusals.hostDeleted': '它所在的跟进也在回收站里，没有恢复；请先恢复那条跟进',
    'refusals.notYours': '只有作者和能改这个客户的人可以恢复',
    'refusals.inPool': '客户在公海里，领取后才能恢复',
    'refusals.notDeleted': '已经不在回收站里，不用恢复',
    'refusals.uniqueTaken': `没有恢复：${customRefusals['zh-CN']['refusals.uniqueTaken']}`,
    'actions.restored': '从回收站恢复',
    'actions.restoredContacts': '恢复联系人',
    'actions.restoredFollowUps': '恢复跟进',
    'actions.restoredOpportunities': '恢复商机',
    'actions.restoredFiles': '恢复附件',
    'actions.purgedContacts': '彻底删除联系人',
    'actions.purgedFollowUps': '彻底删除跟进',
    'actions.purgedOpportunities': '彻底删除商机',
    'actions.purgedFiles': '彻底删除附件',
    'actions.undone': '撤销',
    'actions.redone': '重做',
  },
  'en-US': {
    'refusals.nothingSelected': 'Nothing is selected',
    'refusals.selectionChanged':
      'The selection changed from {{expected}} to {{found}}; nothing was deleted, please confirm again',
    'refusals.customerDeleted':
      'Its customer is in the recycle bin, too, so it was not restored; restore the customer first, or both together',
    'refusals.hostDeleted': 'The follow-up it belongs to is in the recycle bin, too; restore that one first',
    'refusals.notYours': 'Only its author, or who may edit the customer, can restore it',
    'refusals.inPool': 'The customer is in a pool; claim the customer first',
    'refusals.notDeleted': 'It is not in the recycle bin any more',
    'refusals.uniqueTaken': `Not restored: ${customRefusals['en-US']['refusals.uniqueTaken']}`,
    'actions.restored': 'Restored from the recycle bin',
    'actions.restoredContacts': 'Restored contacts',
    'actions.restoredFollowUps': 'Restored follow-ups',
    'actions.restoredOpportunities': 'Restored opportunities',
    'actions.restoredFiles': 'Restored files',
    'actions.purgedContacts': 'Deleted contacts for good',
    'actions.purgedFollowUps': 'Deleted follow-ups for good',
    'actions.purgedOpportunities': 'Deleted opportunities for good',
    'actions.purgedFiles': 'Deleted files for good',
    'actions.undone': 'Undid',
    'actions.redone': 'Redid',
  },
} as const
