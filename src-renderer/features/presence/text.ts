import type { Words } from '../../kernel/text.ts'

export const text = {
  'zh-CN': { viewing: '{{name}} 正在看', editing: '{{name}} 正在编辑', others: '另有 {{n}} 人正在看', here: '现在在这里的同事' },
  'en-US': {
    viewing: '{{name}} is looking',
    editing: '{{name}} is editing',
    others: '{{n}} more looking',
    here: 'Colleagues here now',
  },
} as const satisfies Words
