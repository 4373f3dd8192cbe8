import {
  AccountBookOutlined,
  AimOutlined,
  AppstoreOutlined,
  AuditOutlined,
  BarChartOutlined,
  BankOutlined,
  ContactsOutlined,
  DashboardOutlined,
  DeleteOutlined,
  FileDoneOutlined,
  FileProtectOutlined,
  FileTextOutlined,
  FunnelPlotOutlined,
  GlobalOutlined,
  InboxOutlined,
  SettingOutlined,
  ShoppingCartOutlined,
} from '@ant-design/icons'
import type { ComponentType, ReactNode } from 'react'
import { Waiting } from '../features/approvals/Waiting.tsx'
import type { AnyOf } from '../kernel/context.tsx'
import { BIN_NEEDS, type PageWord, REPORT_NEEDS } from './pages.ts'

/** What the navigation shows: only pages that exist and that one may see. `key` is the second key after G. */
export type NavItem = {
  readonly to: string
  readonly word: PageWord
  readonly icon: ReactNode
  readonly needs?: AnyOf
  readonly key?: string
  readonly pinyin: string
  /** On a phone it stands where the thumb is, before what comes earlier in the navigation. */
  readonly thumb?: true
  /** A number beside its name. */
  readonly badge?: ComponentType
}

export const navigation: readonly NavItem[] = [
  {
    to: '/workbench',
    word: 'workbench',
    icon: <DashboardOutlined />,
    needs: 'customers.read',
    key: 'W',
    pinyin: 'gong zuo tai',
    thumb: true,
  },
  { to: '/leads', word: 'leads', icon: <AimOutlined />, needs: 'leads.read', key: 'X', pinyin: 'xian suo' },
  {
    to: '/customers',
    word: 'customers',
    icon: <BankOutlined />,
    needs: 'customers.read',
    key: 'K',
    pinyin: 'ke hu',
    thumb: true,
  },
  { to: '/pools', word: 'pools', icon: <GlobalOutlined />, needs: 'customers.read', key: 'H', pinyin: 'gong hai', thumb: true },
  { to: '/contacts', word: 'contacts', icon: <ContactsOutlined />, needs: 'contacts.read', key: 'L', pinyin: 'lian xi ren' },
  {
    to: '/opportunities',
    word: 'opportunities',
    icon: <FunnelPlotOutlined />,
    needs: 'opportunities.read',
    key: 'S',
    pinyin: 'shang ji',
  },
  { to: '/quotes', word: 'quotes', icon: <FileTextOutlined />, needs: 'quotes.read', key: 'Q', pinyin: 'bao jia' },
  { to: '/orders', word: 'orders', icon: <FileDoneOutlined />, needs: 'orders.read', key: 'D', pinyin: 'ding dan' },
  { to: '/payments', word: 'payments', icon: <AccountBookOutlined />, needs: 'payments.read', key: 'U', pinyin: 'hui kuan' },
  {
    to: '/invoices',
    word: 'invoices',
    icon: <FileProtectOutlined />,
    needs: 'invoices.read',
    key: 'F',
    pinyin: 'fa piao kai piao',
  },
  { to: '/products', word: 'products', icon: <AppstoreOutlined />, needs: 'products.read', key: 'P', pinyin: 'chan pin' },
  { to: '/stock', word: 'stock', icon: <InboxOutlined />, needs: 'stock.read', key: 'I', pinyin: 'ku cun' },
  { to: '/purchases', word: 'purchases', icon: <ShoppingCartOutlined />, needs: 'purchases.read', key: 'C', pinyin: 'cai gou' },
  {
    to: '/reports',
    word: 'reports',
    icon: <BarChartOutlined />,
    needs: REPORT_NEEDS,
    key: 'B',
    pinyin: 'bao biao lou dou yu ce mu biao pai hang',
  },
  { to: '/approvals', word: 'approvals', icon: <AuditOutlined />, key: 'A', pinyin: 'shen pi', badge: Waiting },
  { to: '/recycle-bin', word: 'recycleBin', icon: <DeleteOutlined />, needs: BIN_NEEDS, pinyin: 'hui shou zhan' },
]

/** Shown when somebody may see at least one page of the settings. */
export const settingsItem: NavItem = { to: '/settings', word: 'settings', icon: <SettingOutlined />, key: ',', pinyin: 'she zhi' }
