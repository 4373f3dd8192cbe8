import type { Words } from '../../kernel/text.ts'

/** Words of every list, whatever its rows are. */
export const text = {
  'zh-CN': {
    export: '导出',
    remove: '删除',
    cancel: '取消',
    restore: '恢复',
  },
  'en-US': {
    export: 'Export',
    remove: 'Delete',
    cancel: 'Cancel',
    restore: 'Restore',
  },
} as const satisfies Words
