import type { Words } from './text.ts'

export const text = {
  'zh-CN': { undo: '撤销', close: '关闭' },
  'en-US': { undo: 'Undo', close: 'Close' },
} satisfies Words<'undo' | 'close'>
