import type { AnyOf } from '../kernel/context.tsx'
import type { text } from './text.ts'

export type PageWord = keyof (typeof text)['zh-CN']

/** A page of the program: its address, who may see it, and where it is loaded from when it is first opened. */
export type PageEntry = {
  readonly path: string
  readonly needs?: AnyOf
  readonly load: () => Promise<Record<string, unknown>>
  /** The component's name in that file. */
  readonly component: string
}

/** A page of the settings stands in their menu, in this order within its group. Its address begins with /settings/. */
export type SettingsEntry = PageEntry & { readonly group: SettingsGroup; readonly word: PageWord; readonly pinyin: string }
export const SETTINGS_GROUPS = [
  'settingsMine',
  'settingsPeople',
  'settingsObjects',
  'settingsPools',
  'settingsAutomation',
  'settingsData',
  'settingsSystem',
] as const
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number]

/** Whoever can bring back something of what lies there. */
export const BIN_NEEDS = [
  'customers.delete',
  'contacts.write',
  'opportunities.delete',
  'orders.delete',
  'payments.write',
  'followUps.write',
  'files.write',
  'customers.purge',
] as const

/** One line per page; only what exists. */
export const pages: readonly PageEntry[] = [
  {
    path: '/workbench',
    needs: 'customers.read',
    component: 'WorkbenchPage',
    load: () => import('../features/workbench/WorkbenchPage.tsx'),
  },
  {
    path: '/customers',
    needs: 'customers.read',
    component: 'CustomersPage',
    load: () => import('../features/customers/CustomersPage.tsx'),
  },
  {
    path: '/customers/$id',
    needs: 'customers.read',
    component: 'CustomerRecordPage',
    load: () => import('../features/customers/CustomerRecordPage.tsx'),
  },
  {
    path: '/pools',
    needs: 'customers.read',
    component: 'PoolsPage',
    load: () => import('../features/pools/PoolsPage.tsx'),
  },
  {
    path: '/opportunities',
    needs: 'opportunities.read',
    component: 'OpportunitiesPage',
    load: () => import('../features/opportunities/OpportunitiesPage.tsx'),
  },
  {
    path: '/opportunities/$id',
    needs: 'opportunities.read',
    component: 'OpportunityRecordPage',
    load: () => import('../features/opportunities/OpportunityRecordPage.tsx'),
  },
  {
    path: '/orders',
    needs: 'orders.read',
    component: 'OrdersPage',
    load: () => import('../features/orders/OrdersPage.tsx'),
  },
  {
    path: '/orders/$id',
    needs: 'orders.read',
    component: 'OrderRecordPage',
    load: () => import('../features/orders/OrderRecordPage.tsx'),
  },
  {
    path: '/payments',
    needs: 'payments.read',
    component: 'PaymentsPage',
    load: () => import('../features/payments/PaymentsPage.tsx'),
  },
  {
    path: '/contacts',
    needs: 'contacts.read',
    component: 'ContactsPage',
    load: () => import('../features/contacts/ContactsPage.tsx'),
  },
  {
    path: '/products',
    needs: 'products.read',
    component: 'ProductsPage',
    load: () => import('../features/products/ProductsPage.tsx'),
  },
  {
    path: '/products/prices',
    needs: 'products.read',
    component: 'PriceListsPage',
    load: () => import('../features/products/PriceListsPage.tsx'),
  },
  {
    path: '/reports',
    needs: 'opportunities.read',
    component: 'FunnelPage',
    load: () => import('../features/reports/FunnelPage.tsx'),
  },
  {
    path: '/reports/forecast',
    needs: 'opportunities.read',
    component: 'ForecastPage',
    load: () => import('../features/reports/ForecastPage.tsx'),
  },
  {
    path: '/reports/ranking',
    needs: 'targets.read',
    component: 'RankingPage',
    load: () => import('../features/reports/RankingPage.tsx'),
  },
  {
    path: '/reports/targets',
    needs: 'targets.read',
    component: 'TargetsPage',
    load: () => import('../features/reports/TargetsPage.tsx'),
  },
  {
    path: '/recycle-bin',
    needs: BIN_NEEDS,
    component: 'RecycleBinPage',
    load: () => import('../features/recycle-bin/RecycleBinPage.tsx'),
  },
  {
    path: '/duplicates',
    needs: 'duplicates.find',
    component: 'DuplicatesPage',
    load: () => import('../features/duplicates/DuplicatesPage.tsx'),
  },
  {
    path: '/handover/$id',
    needs: 'people.manage',
    component: 'HandoverPage',
    load: () => import('../features/handover/HandoverPage.tsx'),
  },
  {
    path: '/merge',
    needs: 'customers.edit',
    component: 'MergePage',
    load: () => import('../features/merges/MergePage.tsx'),
  },
  {
    path: '/imports',
    needs: 'imports.run',
    component: 'ImportPage',
    load: () => import('../features/imports/ImportPage.tsx'),
  },
  {
    path: '/imports/history',
    needs: 'imports.run',
    component: 'ImportHistoryPage',
    load: () => import('../features/imports/ImportHistoryPage.tsx'),
  },
  {
    path: '/imports/$id',
    needs: 'imports.run',
    component: 'ImportPage',
    load: () => import('../features/imports/ImportPage.tsx'),
  },
]

/** One line per page of the settings. */
export const settingsPages: readonly SettingsEntry[] = [
  {
    path: '/settings/profile',
    group: 'settingsMine',
    word: 'profile',
    pinyin: 'ge ren zi liao',
    component: 'ProfilePage',
    load: () => import('./ProfilePage.tsx'),
  },
  {
    path: '/settings/appearance',
    group: 'settingsMine',
    word: 'looks',
    pinyin: 'wai guan',
    component: 'AppearancePage',
    load: () => import('./AppearancePage.tsx'),
  },
  {
    path: '/settings/notifications',
    group: 'settingsMine',
    word: 'notifications',
    pinyin: 'tong zhi',
    component: 'NoticeSettingsPage',
    load: () => import('../features/notifications/NoticeSettingsPage.tsx'),
  },
  {
    path: '/settings/people',
    needs: 'people.read',
    group: 'settingsPeople',
    word: 'colleagues',
    pinyin: 'bu men yu tong shi',
    component: 'PeoplePage',
    load: () => import('../features/people/PeoplePage.tsx'),
  },
  {
    path: '/settings/access',
    needs: 'people.read',
    group: 'settingsPeople',
    word: 'access',
    pinyin: 'tong shi neng kan dao shen me quan xian',
    component: 'AccessPage',
    load: () => import('../features/access/AccessPage.tsx'),
  },
  {
    path: '/settings/roles',
    needs: 'people.read',
    group: 'settingsPeople',
    word: 'roles',
    pinyin: 'jue se quan xian',
    component: 'RolesPage',
    load: () => import('../features/roles/RolesPage.tsx'),
  },
  {
    path: '/settings/fields',
    needs: 'fields.manage',
    group: 'settingsObjects',
    word: 'customFields',
    pinyin: 'zi ding yi zi duan xuan xiang',
    component: 'FieldsPage',
    load: () => import('../features/fields/FieldsPage.tsx'),
  },
  {
    path: '/settings/pipelines',
    needs: 'pipelines.manage',
    group: 'settingsObjects',
    word: 'pipelines',
    pinyin: 'xiao shou liu cheng jie duan shu dan yuan yin',
    component: 'PipelinesPage',
    load: () => import('../features/pipelines/PipelinesPage.tsx'),
  },
  {
    path: '/settings/pools',
    needs: 'pools.manage',
    group: 'settingsPools',
    word: 'poolSettings',
    pinyin: 'gong hai yu fen pei ku rong hui shou gui ze',
    component: 'PoolSettingsPage',
    load: () => import('../features/pool-settings/PoolSettingsPage.tsx'),
  },
  {
    path: '/settings/layouts',
    needs: 'fields.manage',
    group: 'settingsObjects',
    word: 'layouts',
    pinyin: 'biao dan bu ju',
    component: 'LayoutPage',
    load: () => import('../features/layouts/LayoutPage.tsx'),
  },
  {
    path: '/settings/numbers',
    needs: 'fields.manage',
    group: 'settingsObjects',
    word: 'numbers',
    pinyin: 'bian hao gui ze',
    component: 'NumbersPage',
    load: () => import('../features/numbers/NumbersPage.tsx'),
  },
  {
    path: '/settings/tags',
    group: 'settingsData',
    word: 'tags',
    pinyin: 'biao qian',
    component: 'TagsPage',
    load: () => import('../features/tags/TagsPage.tsx'),
  },
  {
    path: '/settings/matching',
    needs: 'settings.manage',
    group: 'settingsData',
    word: 'matchingRules',
    pinyin: 'cha chong gui ze',
    component: 'MatchingRulesPage',
    load: () => import('../features/duplicates/MatchingRulesPage.tsx'),
  },
  {
    path: '/settings/files',
    needs: 'settings.manage',
    group: 'settingsData',
    word: 'files',
    pinyin: 'fu jian',
    component: 'FilesSettingsPage',
    load: () => import('../features/files/FilesSettingsPage.tsx'),
  },
  {
    path: '/settings/backups',
    needs: 'backups.manage',
    group: 'settingsData',
    word: 'backups',
    pinyin: 'bei fen yu hui fu',
    component: 'BackupsPage',
    load: () => import('../features/backups/BackupsPage.tsx'),
  },
  {
    path: '/settings/history',
    group: 'settingsData',
    word: 'history',
    pinyin: 'cao zuo ji lu',
    component: 'HistoryPage',
    load: () => import('../features/history/HistoryPage.tsx'),
  },
  {
    path: '/settings/jobs',
    group: 'settingsAutomation',
    word: 'jobs',
    pinyin: 'hou tai ren wu',
    component: 'JobsPage',
    load: () => import('../features/jobs/JobsPage.tsx'),
  },
  {
    path: '/settings/calendar',
    group: 'settingsAutomation',
    word: 'calendar',
    pinyin: 'gong zuo ri li',
    component: 'CalendarPage',
    load: () => import('../features/calendar/CalendarPage.tsx'),
  },
  {
    path: '/settings/about',
    group: 'settingsSystem',
    word: 'about',
    pinyin: 'guan yu',
    component: 'AboutPage',
    load: () => import('./AboutPage.tsx'),
  },
]

/** Pages that stand elsewhere and are looked for here too. */
export const settingsLinks: readonly Omit<SettingsEntry, 'load' | 'component'>[] = [
  { path: '/imports/history', needs: 'imports.run', group: 'settingsData', word: 'imports', pinyin: 'dao ru' },
  {
    path: '/duplicates',
    needs: 'duplicates.find',
    group: 'settingsData',
    word: 'duplicates',
    pinyin: 'yi si chong fu ke hu cha chong',
  },
  { path: '/recycle-bin', needs: BIN_NEEDS, group: 'settingsData', word: 'recycleBin', pinyin: 'hui shou zhan' },
]

export const START = '/workbench'
export const SETTINGS = '/settings'
