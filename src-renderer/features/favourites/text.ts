import type { Words } from '../../kernel/text.ts'

export const text = {
  'zh-CN': {
    favourites: '收藏',
    add: '收藏',
    remove: '取消收藏',
    order: '拖动换顺序；Alt+↑ ↓ 也行',
    view: '视图',
    'customer:all': '全部客户',
    'customer:mine': '我的',
    'customer:department': '我部门的',
    'customer:dueToday': '今日待跟进',
    'customer:quiet7': '7 天未联系',
    'customer:poolSoon': '即将进入公海',
    'customer:newThisMonth': '本月新增',
    'customer:recent': '最近浏览',
    'contact:all': '全部联系人',
    'contact:mine': '我的客户的联系人',
    'contact:main': '首要联系人',
    'contact:noPhone': '没有电话的联系人',
    'contact:newThisMonth': '本月新增联系人',
  },
  'en-US': {
    favourites: 'Favourites',
    add: 'Add to favourites',
    remove: 'Remove from favourites',
    order: 'Drag to reorder, or Alt+↑ ↓',
    view: 'View',
    'customer:all': 'All customers',
    'customer:mine': 'Mine',
    'customer:department': 'My department',
    'customer:dueToday': 'Due today',
    'customer:quiet7': 'Quiet for 7 days',
    'customer:poolSoon': 'Soon into the pool',
    'customer:newThisMonth': 'New this month',
    'customer:recent': 'Opened lately',
    'contact:all': 'All contacts',
    'contact:mine': 'Contacts of my customers',
    'contact:main': 'Main contacts',
    'contact:noPhone': 'Contacts without a phone',
    'contact:newThisMonth': 'New contacts this month',
  },
} as const satisfies Words

/** A view of the program that the favourites have a name for. */
export const isNamedView = (key: string): key is Extract<keyof (typeof text)['zh-CN'], `${string}:${string}`> =>
  key.includes(':') && key in text['zh-CN']
