/** Words of favourites. */
export const text = {
  'zh-CN': { 'refusals.tooMany': '收藏最多 100 个，请先取消一些' },
  'en-US': { 'refusals.tooMany': 'At most 100 favourites; take some away first' },
} as const
