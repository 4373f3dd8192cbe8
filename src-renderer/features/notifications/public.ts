export { Bell, Notices, shortCount } from './Bell.tsx'
export { showNotices } from './opened.ts'
export { useUnread } from './useNotices.ts'
