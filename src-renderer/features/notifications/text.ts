import type { NoticeKind, NoticeWay } from '../../../src-shared/kernel/notices.ts'
import type { Words } from '../../kernel/text.ts'

type PageWord =
  | 'title'
  | 'unread'
  | 'allRead'
  | 'settings'
  | 'nothing'
  | 'nothingHint'
  | 'more'
  | 'open'
  | 'someone'
  | 'gone'
  | 'settingsHint'
  | 'kept'
  | 'product'
export type NoticeWord =
  | PageWord
  | `one.${NoticeKind}`
  | `many.${NoticeKind}`
  | `name.${NoticeKind}`
  | 'one.other'
  | `way.${NoticeWay}`

/** A notice about one record says `{{title}}`, one about many `{{n}}`; `{{by}}` is who did it, the rest comes from its detail. */
export const text: Words<NoticeWord> = {
  'zh-CN': {
    title: '通知',
    unread: '{{n}} 条未读通知',
    allRead: '全部已读',
    settings: '通知设置',
    nothing: '没有通知',
    nothingHint: '有人提到您、转给您客户，或导入做完时，会出现在这里',
    more: '再看一些',
    open: '打开',
    someone: '系统',
    gone: '已删除',
    settingsHint: '每种通知怎么告诉您。设置跟着账号走，在哪台电脑登录都一样。',
    kept: '通知保留 90 天',
    product: '客栈 CRM',
    'one.mention': '{{by}} 在「{{title}}」的跟进里提到您',
    'many.mention': '{{by}} 在 {{n}} 条跟进里提到您',
    'one.assigned': '{{by}} 把「{{title}}」分配给您',
    'many.assigned': '{{by}} 把 {{n}} 个客户分配给您',
    'one.transferred': '{{by}} 把「{{title}}」转移给您',
    'many.transferred': '{{by}} 把 {{n}} 个客户转移给您',
    'one.handedOver': '{{by}} 把 {{from}} 的「{{title}}」交接给您',
    'many.handedOver': '{{by}} 把 {{from}} 的工作交接给您：客户、部门等 {{n}} 项',
    'one.askedAbout': '{{by}} 想新建的客户与您的「{{title}}」重复，想和您商量',
    'many.askedAbout': '{{by}} 想和您商量 {{n}} 个重复的客户',
    'one.addedToTeam': '{{by}} 请您协作「{{title}}」',
    'many.addedToTeam': '{{by}} 请您协作 {{n}} 个客户',
    'one.claimed': '{{by}} 领取了「{{title}}」',
    'many.claimed': '{{by}} 领取了 {{n}} 个客户',
    'one.poolSoon': '「{{title}}」即将进入公海',
    'many.poolSoon': '您有 {{n}} 个客户即将进入公海',
    'one.recycled': '「{{title}}」已进入公海',
    'many.recycled': '您的 {{n}} 个客户已进入公海',
    'one.leadAssigned': '线索「{{title}}」分给您了',
    'many.leadAssigned': '{{n}} 条线索分给您了',
    'one.leadRecycled': '您的一条线索没有及时跟进，已回到线索池',
    'many.leadRecycled': '您的 {{n}} 条线索没有及时跟进，已回到线索池',
    'one.viewShared': '{{by}} 和您共享了视图「{{title}}」',
    'many.viewShared': '{{by}} 和您共享了 {{n}} 个视图',
    'one.importDone': '「{{file}}」导入完成：新建 {{created}}，更新 {{updated}}，错误 {{failed}}',
    'many.importDone': '{{n}} 个导入已完成',
    'one.jobFailed': '{{job}}没有完成{{file}}',
    'many.jobFailed': '{{n}} 个后台任务没有完成',
    'one.other': '{{by}} 有一条新通知：{{title}}',
    'name.mention': '有人在跟进里提到我',
    'name.assigned': '有人分配客户给我',
    'name.transferred': '有人转移客户给我',
    'name.handedOver': '有人把同事的工作交接给我',
    'name.askedAbout': '有人问起我的客户（重复）',
    'name.addedToTeam': '有人请我协作',
    'name.claimed': '有人领取公海客户',
    'name.poolSoon': '我的客户即将进入公海',
    'name.recycled': '我的客户进入公海',
    'name.leadAssigned': '有线索分给我',
    'name.leadRecycled': '我的线索回到线索池',
    'name.viewShared': '有人和我共享视图',
    'name.importDone': '我的导入完成',
    'name.jobFailed': '后台任务没有完成',
    'way.desktop': '桌面和页内',
    'way.page': '只在页内',
    'way.off': '不通知',
  },
  'en-US': {
    title: 'Notices',
    unread: '{{n}} unread notice{{n, s}}',
    allRead: 'Mark all read',
    settings: 'Notice settings',
    nothing: 'No notices',
    nothingHint: 'When somebody mentions you, gives you a customer, or an import is done, it appears here',
    more: 'Show more',
    open: 'Open',
    someone: 'The system',
    gone: 'Deleted',
    settingsHint: 'How you are told of each kind. Kept with your account, the same on every computer.',
    kept: 'Notices are kept for 90 days',
    product: 'Kezhan CRM',
    'one.mention': '{{by}} mentioned you in a follow-up of “{{title}}”',
    'many.mention': '{{by}} mentioned you in {{n}} follow-ups',
    'one.assigned': '{{by}} assigned “{{title}}” to you',
    'many.assigned': '{{by}} assigned {{n}} customers to you',
    'one.transferred': '{{by}} transferred “{{title}}” to you',
    'many.transferred': '{{by}} transferred {{n}} customers to you',
    'one.handedOver': '{{by}} handed “{{title}}” of {{from}} over to you',
    'many.handedOver': '{{by}} handed the work of {{from}} over to you: {{n}} customers, departments and the like',
    'one.askedAbout': '{{by}} is about to enter your customer “{{title}}” again and would like a word',
    'many.askedAbout': '{{by}} would like a word about {{n}} of your customers',
    'one.addedToTeam': '{{by}} asked you to join “{{title}}”',
    'many.addedToTeam': '{{by}} asked you to join {{n}} customers',
    'one.claimed': '{{by}} claimed “{{title}}”',
    'many.claimed': '{{by}} claimed {{n}} customers',
    'one.poolSoon': '“{{title}}” is about to enter the pool',
    'many.poolSoon': '{{n}} of your customers are about to enter the pool',
    'one.recycled': '“{{title}}” went into a pool',
    'many.recycled': '{{n}} of your customers went into a pool',
    'one.leadAssigned': 'The lead “{{title}}” is yours now',
    'many.leadAssigned': '{{n}} leads are yours now',
    'one.leadRecycled': 'A lead of yours went back to its pool: nobody followed up in time',
    'many.leadRecycled': '{{n}} of your leads went back to their pool: nobody followed up in time',
    'one.viewShared': '{{by}} shared the view “{{title}}” with you',
    'many.viewShared': '{{by}} shared {{n}} views with you',
    'one.importDone': '“{{file}}” imported: {{created}} created, {{updated}} updated, {{failed}} failed',
    'many.importDone': '{{n}} imports are done',
    'one.jobFailed': '{{job}} did not finish{{file}}',
    'many.jobFailed': '{{n}} background jobs did not finish',
    'one.other': 'A new notice from {{by}}: {{title}}',
    'name.mention': 'Somebody mentions me in a follow-up',
    'name.assigned': 'Somebody assigns a customer to me',
    'name.transferred': 'Somebody transfers a customer to me',
    'name.handedOver': 'The work of a colleague is handed over to me',
    'name.askedAbout': 'Somebody asks about a customer of mine (duplicate)',
    'name.addedToTeam': 'Somebody asks me to join a customer',
    'name.claimed': 'Somebody claims a customer from a pool',
    'name.poolSoon': 'A customer of mine is about to enter a pool',
    'name.recycled': 'A customer of mine went into a pool',
    'name.leadAssigned': 'A lead is given to me',
    'name.leadRecycled': 'A lead of mine went back to its pool',
    'name.viewShared': 'Somebody shares a view with me',
    'name.importDone': 'An import of mine is done',
    'name.jobFailed': 'A background job did not finish',
    'way.desktop': 'Desktop and page',
    'way.page': 'Page only',
    'way.off': 'Off',
  },
}
