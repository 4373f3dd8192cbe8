export const text = {
  'zh-CN': {
    title: '改密码',
    current: '现在的密码',
    next: '新密码',
    again: '再输一遍',
    rule: '至少 12 个字符，不要用名字或太常见的密码',
    tooShort: '至少 12 个字符',
    differs: '两次输入的不一样',
    save: '改密码',
    changed: '密码已改，其他设备上的登录已结束',
  },
  'en-US': {
    title: 'Change password',
    current: 'Current password',
    next: 'New password',
    again: 'Once more',
    rule: 'At least 12 characters; not your name, nothing common',
    tooShort: 'At least 12 characters',
    differs: 'The two are not the same',
    save: 'Change password',
    changed: 'Password changed; other devices are signed out',
  },
} as const
