import { BankOutlined, DeleteOutlined, SettingOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { PageWord } from './pages.ts'

/** What the navigation shows: only pages that exist and that one may see. `key` is the second key after G. */
export type NavItem = {
  readonly to: string
  readonly word: PageWord
  readonly icon: ReactNode
  readonly needs?: Permission
  readonly key?: string
  readonly pinyin: string
}

export const navigation: readonly NavItem[] = [
  { to: '/customers', word: 'customers', icon: <BankOutlined />, needs: 'customers.read', key: 'K', pinyin: 'ke hu' },
  { to: '/recycle-bin', word: 'recycleBin', icon: <DeleteOutlined />, needs: 'customers.delete', pinyin: 'hui shou zhan' },
]

/** Shown when somebody may see at least one page of the settings. */
export const settingsItem: NavItem = { to: '/settings', word: 'settings', icon: <SettingOutlined />, key: ',', pinyin: 'she zhi' }
