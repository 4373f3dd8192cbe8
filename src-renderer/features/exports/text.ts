export const text = {
  'zh-CN': {
    export: '导出',
    xlsx: 'Excel 工作簿（.xlsx）',
    csv: '文本表格（.csv）',
    part_paymentPlan: '它们的回款计划（.xlsx）',
    part_orderPerson: '它们的分成（.xlsx）',
    running: '正在导出 {{n}} 行',
    done: '已导出 {{n}} 行',
    refused: '，{{n}} 行没有导出权限',
    shownColumns: '按现在的列、筛选和排序',
  },
  'en-US': {
    export: 'Export',
    xlsx: 'Excel workbook (.xlsx)',
    csv: 'Text table (.csv)',
    part_paymentPlan: 'Their payment plans (.xlsx)',
    part_orderPerson: 'Their shares (.xlsx)',
    running: 'Exporting {{n}} rows',
    done: 'Exported {{n}} row{{n, s}}',
    refused: ', {{n}} not within your export right',
    shownColumns: 'With the columns, filters and order shown',
  },
} as const
