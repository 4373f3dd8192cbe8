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

/** Each report has a right of its own; whoever has one of these has a report. */
export const REPORT_NEEDS = ['opportunities.read', 'leads.read', 'orders.read', 'targets.read', 'sourceCosts.read'] as const

/** Whoever can bring back something of what lies there. */
export const BIN_NEEDS = [
  'customers.delete',
  'contacts.write',
  'opportunities.delete',
  'quotes.delete',
  'orders.delete',
  'payments.write',
  'invoices.create',
  'leads.delete',
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
    path: '/leads',
    needs: 'leads.read',
    component: 'LeadsPage',
    load: () => import('../features/leads/LeadsPage.tsx'),
  },
  {
    path: '/leads/$id',
    needs: 'leads.read',
    component: 'LeadRecordPage',
    load: () => import('../features/leads/LeadRecordPage.tsx'),
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
    path: '/quotes',
    needs: 'quotes.read',
    component: 'QuotesPage',
    load: () => import('../features/quotes/QuotesPage.tsx'),
  },
  {
    path: '/quotes/$id',
    needs: 'quotes.read',
    component: 'QuoteRecordPage',
    load: () => import('../features/quotes/QuoteRecordPage.tsx'),
  },
  {
    path: '/quotes/$id/print',
    needs: 'quotes.read',
    component: 'QuotePrintPage',
    load: () => import('../features/quotes/QuotePrintPage.tsx'),
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
    path: '/orders/$id/contract',
    needs: 'orders.read',
    component: 'ContractPrintPage',
    load: () => import('../features/orders/ContractPrintPage.tsx'),
  },
  {
    path: '/payments',
    needs: 'payments.read',
    component: 'PaymentsPage',
    load: () => import('../features/payments/PaymentsPage.tsx'),
  },
  {
    path: '/invoices',
    needs: 'invoices.read',
    component: 'InvoicesPage',
    load: () => import('../features/invoices/InvoicesPage.tsx'),
  },
  {
    path: '/invoices/$id',
    needs: 'invoices.read',
    component: 'InvoiceRecordPage',
    load: () => import('../features/invoices/InvoiceRecordPage.tsx'),
  },
  {
    path: '/approvals',
    component: 'ApprovalsPage',
    load: () => import('../features/approvals/ApprovalsPage.tsx'),
  },
  {
    path: '/approvals/$id',
    component: 'ApprovalsPage',
    load: () => import('../features/approvals/ApprovalsPage.tsx'),
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
    path: '/stock',
    needs: 'stock.read',
    component: 'StockPage',
    load: () => import('../features/stock/StockPage.tsx'),
  },
  {
    path: '/purchases',
    needs: 'purchases.read',
    component: 'PurchasesPage',
    load: () => import('../features/purchases/PurchasesPage.tsx'),
  },
  {
    path: '/purchases/$id',
    needs: 'purchases.read',
    component: 'PurchaseRecordPage',
    load: () => import('../features/purchases/PurchaseRecordPage.tsx'),
  },
  {
    path: '/reports',
    needs: REPORT_NEEDS,
    component: 'ReportsPage',
    load: () => import('../features/reports/ReportsPage.tsx'),
  },
  {
    path: '/reports/response',
    needs: 'leads.read',
    component: 'ResponsePage',
    load: () => import('../features/reports/ResponsePage.tsx'),
  },
  {
    path: '/reports/roi',
    needs: 'sourceCosts.read',
    component: 'RoiPage',
    load: () => import('../features/reports/RoiPage.tsx'),
  },
  {
    path: '/reports/receivables',
    needs: 'orders.read',
    component: 'ReceivablesPage',
    load: () => import('../features/reports/ReceivablesPage.tsx'),
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

export const START = '/workbench'
