import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { text } from './text.ts'

export type PageWord = keyof (typeof text)['zh-CN']

/** A page of the program: its address, who may see it, and where it is loaded from when it is first opened. */
export type PageEntry = {
  readonly path: string
  readonly needs?: Permission
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
  'settingsData',
  'settingsAutomation',
  'settingsSystem',
] as const
export type SettingsGroup = (typeof SETTINGS_GROUPS)[number]

/** One line per page; only what exists. */
export const pages: readonly PageEntry[] = [
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
    path: '/recycle-bin',
    needs: 'customers.delete',
    component: 'RecycleBinPage',
    load: () => import('../features/customers/RecycleBinPage.tsx'),
  },
  {
    path: '/duplicates',
    needs: 'duplicates.find',
    component: 'DuplicatesPage',
    load: () => import('../features/duplicates/DuplicatesPage.tsx'),
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
    path: '/settings/people',
    needs: 'people.read',
    group: 'settingsPeople',
    word: 'colleagues',
    pinyin: 'bu men yu tong shi',
    component: 'PeoplePage',
    load: () => import('../features/people/PeoplePage.tsx'),
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
    pinyin: 'zi ding yi zi duan',
    component: 'FieldsPage',
    load: () => import('../features/fields/FieldsPage.tsx'),
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
  { path: '/recycle-bin', needs: 'customers.delete', group: 'settingsData', word: 'recycleBin', pinyin: 'hui shou zhan' },
]

export const START = '/customers'
export const SETTINGS = '/settings'
