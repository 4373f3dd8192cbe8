import type { ComponentType } from 'react'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import type { text } from './text.ts'

export type PageWord = keyof (typeof text)['zh-CN']

/** A page of the program: its address, who may see it, and where it is loaded from when it is first opened. */
export type PageEntry = {
  readonly path: string
  readonly needs?: Permission
  readonly load: () => Promise<Record<string, ComponentType>>
  readonly component: string
}

/** One line per page; only what exists. */
export const pages: readonly PageEntry[] = [
  { path: '/customers', needs: 'customers.read', component: 'CustomersPage', load: () => import('../features/customers/CustomersPage.tsx') },
  { path: '/customers/$id', needs: 'customers.read', component: 'CustomerRecordPage', load: () => import('../features/customers/CustomerRecordPage.tsx') },
  { path: '/recycle-bin', needs: 'customers.delete', component: 'RecycleBinPage', load: () => import('../features/customers/RecycleBinPage.tsx') },
]

export const START = '/customers'
