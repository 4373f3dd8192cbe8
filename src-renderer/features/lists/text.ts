import type { Words } from '../../kernel/text.ts'

/** Words of every list, whatever its rows are. */
export const text = {
  'zh-CN': {
    export: '导出',
    remove: '删除',
    cancel: '取消',
    restore: '恢复',
    previous: '上一个',
    next: '下一个',
  },
  'en-US': {
    export: 'Export',
    remove: 'Delete',
    cancel: 'Cancel',
    restore: 'Restore',
    previous: 'Previous',
    next: 'Next',
  },
} as const satisfies Words
