import { addressesHandlers } from './features/addresses/handlers.ts'
import { approvalsHandlers } from './features/approvals/handlers.ts'
import { backupsHandlers } from './features/backups/handlers.ts'
import { calendarHandlers } from './features/calendar/handlers.ts'
import { contactsHandlers } from './features/contacts/handlers.ts'
import { customersHandlers } from './features/customers/handlers.ts'
import { documentsHandlers } from './features/documents/handlers.ts'
import { duplicatesHandlers } from './features/duplicates/handlers.ts'
import { exportsHandlers } from './features/exports/handlers.ts'
import { favouritesHandlers } from './features/favourites/handlers.ts'
import { fieldsHandlers } from './features/fields/handlers.ts'
import { filesHandlers } from './features/files/handlers.ts'
import { followUpsHandlers } from './features/follow-ups/handlers.ts'
import { handoverHandlers } from './features/handover/handlers.ts'
import { historyHandlers } from './features/history/handlers.ts'
import { importsHandlers } from './features/imports/handlers.ts'
import { jobsHandlers } from './features/jobs/handlers.ts'
import { layoutsHandlers } from './features/layouts/handlers.ts'
import { leadsHandlers } from './features/leads/handlers.ts'
import { leadSettingsHandlers } from './features/lead-settings/handlers.ts'
import { liveHandlers } from './features/live/handlers.ts'
import { membersHandlers } from './features/members/handlers.ts'
import { notificationsHandlers } from './features/notifications/handlers.ts'
import { lookingHandlers } from './features/looking/handlers.ts'
import { mergesHandlers } from './features/merges/handlers.ts'
import { presenceHandlers } from './features/presence/handlers.ts'
import { productsHandlers } from './features/products/handlers.ts'
import { purchasesHandlers } from './features/purchases/handlers.ts'
import { orderSubject } from './features/orders/public.ts'
import { refundSubject } from './features/payments/public.ts'
import { purchaseSubject } from './features/purchases/public.ts'
import { quotesHandlers } from './features/quotes/handlers.ts'
import { quoteSubject } from './features/quotes/public.ts'
import { recycleBinHandlers } from './features/recycle-bin/handlers.ts'
import { reportsHandlers } from './features/reports/handlers.ts'
import { searchHandlers } from './features/search/handlers.ts'
import { stockHandlers } from './features/stock/handlers.ts'
import { tagsHandlers } from './features/tags/handlers.ts'
import { targetsHandlers } from './features/targets/handlers.ts'
import { viewsHandlers } from './features/views/handlers.ts'
import { workbenchHandlers } from './features/workbench/handlers.ts'
import type { Router } from '@orpc/server'
import type { contract } from '../src-shared/contract.ts'
import { numbersHandlers } from './features/numbers/handlers.ts'
import { billingHandlers } from './features/billing/handlers.ts'
import { invoicesHandlers } from './features/invoices/handlers.ts'
import { opportunitiesHandlers } from './features/opportunities/handlers.ts'
import { ordersHandlers } from './features/orders/handlers.ts'
import { paymentsHandlers } from './features/payments/handlers.ts'
import { peopleHandlers } from './features/people/handlers.ts'
import { pipelinesHandlers } from './features/pipelines/handlers.ts'
import { poolsHandlers } from './features/pools/handlers.ts'
import { sessionHandlers } from './features/session/handlers.ts'
import { setupHandlers } from './features/setup/handlers.ts'
import { sourceCostsHandlers } from './features/source-costs/handlers.ts'
import type { RequestContext } from './kernel/context.ts'
import { root } from './kernel/pipeline.ts'

/** One line per feature; assembled with the bare implementer, because onQuery or onCommand would run their steps twice. */
export const router: Router<typeof contract, RequestContext> = root.router({
  addresses: addressesHandlers,
  approvals: approvalsHandlers([quoteSubject, orderSubject, refundSubject, purchaseSubject]),
  backups: backupsHandlers,
  billing: billingHandlers,
  calendar: calendarHandlers,
  contacts: contactsHandlers,
  customers: customersHandlers,
  documents: documentsHandlers,
  duplicates: duplicatesHandlers,
  exports: exportsHandlers,
  favourites: favouritesHandlers,
  fields: fieldsHandlers,
  files: filesHandlers,
  followUps: followUpsHandlers,
  handover: handoverHandlers,
  history: historyHandlers,
  imports: importsHandlers,
  invoices: invoicesHandlers,
  jobs: jobsHandlers,
  layouts: layoutsHandlers,
  leads: leadsHandlers,
  leadSettings: leadSettingsHandlers,
  live: liveHandlers,
  members: membersHandlers,
  notifications: notificationsHandlers,
  looking: lookingHandlers,
  merges: mergesHandlers,
  numbers: numbersHandlers,
  opportunities: opportunitiesHandlers,
  orders: ordersHandlers,
  payments: paymentsHandlers,
  people: peopleHandlers,
  pipelines: pipelinesHandlers,
  pools: poolsHandlers,
  presence: presenceHandlers,
  products: productsHandlers,
  purchases: purchasesHandlers,
  quotes: quotesHandlers,
  recycleBin: recycleBinHandlers,
  reports: reportsHandlers,
  search: searchHandlers,
  session: sessionHandlers,
  setup: setupHandlers,
  sourceCosts: sourceCostsHandlers,
  stock: stockHandlers,
  tags: tagsHandlers,
  targets: targetsHandlers,
  views: viewsHandlers,
  workbench: workbenchHandlers,
})
