/** Words of exports. */
export const text = {
  'zh-CN': {
    'refusals.nothingToExport': '没有可以导出的行',
    'refusals.columnUnknown': '没有「{{column}}」这一列，没有导出',
    'refusals.columnHidden': '您看不到「{{column}}」这一列，没有导出',
    'refusals.diskFull': '磁盘已满，没有写出文件',
    'refusals.gone': '文件已经取走或过期，请重新导出',
    'actions.exported': '导出',
    'file.customer': '客户',
    'file.contact': '联系人',
    'file.followUp': '跟进记录',
    'column.id': '记录编号',
    'column.state': '导出时点',
  },
  'en-US': {
    'refusals.nothingToExport': 'There are no rows to export',
    'refusals.columnUnknown': 'There is no column "{{column}}"; nothing was exported',
    'refusals.columnHidden': 'You cannot see the column "{{column}}"; nothing was exported',
    'refusals.diskFull': 'The disk is full; no file was written',
    'refusals.gone': 'The file was taken or has expired; export again',
    'actions.exported': 'Exported',
    'file.customer': 'Customers',
    'file.contact': 'Contacts',
    'file.followUp': 'Follow-ups',
    'column.id': 'Record ID',
    'column.state': 'Exported at step',
  },
} as const
