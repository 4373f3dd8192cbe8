import { addressesContract } from './features/addresses/contract.ts'
import { approvalsContract } from './features/approvals/contract.ts'
import { billingContract } from './features/billing/contract.ts'
import { backupsContract } from './features/backups/contract.ts'
import { calendarContract } from './features/calendar/contract.ts'
import { contactsContract } from './features/contacts/contract.ts'
import { customersContract } from './features/customers/contract.ts'
import { documentsContract } from './features/documents/contract.ts'
import { duplicatesContract } from './features/duplicates/contract.ts'
import { exportsContract } from './features/exports/contract.ts'
import { favouritesContract } from './features/favourites/contract.ts'
import { fieldsContract } from './features/fields/contract.ts'
import { filesContract } from './features/files/contract.ts'
import { followUpsContract } from './features/follow-ups/contract.ts'
import { handoverContract } from './features/handover/contract.ts'
import { historyContract } from './features/history/contract.ts'
import { importsContract } from './features/imports/contract.ts'
import { invoicesContract } from './features/invoices/contract.ts'
import { jobsContract } from './features/jobs/contract.ts'
import { layoutsContract } from './features/layouts/contract.ts'
import { leadsContract } from './features/leads/contract.ts'
import { leadSettingsContract } from './features/lead-settings/contract.ts'
import { liveContract } from './features/live/contract.ts'
import { membersContract } from './features/members/contract.ts'
import { notificationsContract } from './features/notifications/contract.ts'
import { lookingContract } from './features/looking/contract.ts'
import { mergesContract } from './features/merges/contract.ts'
import { numbersContract } from './features/numbers/contract.ts'
import { opportunitiesContract } from './features/opportunities/contract.ts'
import { ordersContract } from './features/orders/contract.ts'
import { paymentsContract } from './features/payments/contract.ts'
import { peopleContract } from './features/people/contract.ts'
import { pipelinesContract } from './features/pipelines/contract.ts'
import { poolsContract } from './features/pools/contract.ts'
import { presenceContract } from './features/presence/contract.ts'
import { productsContract } from './features/products/contract.ts'
import { purchasesContract } from './features/purchases/contract.ts'
import { quotesContract } from './features/quotes/contract.ts'
import { recycleBinContract } from './features/recycle-bin/contract.ts'
import { reportsContract } from './features/reports/contract.ts'
import { searchContract } from './features/search/contract.ts'
import { sessionContract } from './features/session/contract.ts'
import { setupContract } from './features/setup/contract.ts'
import { sourceCostsContract } from './features/source-costs/contract.ts'
import { stockContract } from './features/stock/contract.ts'
import { tagsContract } from './features/tags/contract.ts'
import { targetsContract } from './features/targets/contract.ts'
import { viewsContract } from './features/views/contract.ts'
import { workbenchContract } from './features/workbench/contract.ts'

/** Named one by one: what the compiler infers of so many calls is longer than it writes down. */
export type Contract = {
  readonly addresses: typeof addressesContract
  readonly approvals: typeof approvalsContract
  readonly backups: typeof backupsContract
  readonly billing: typeof billingContract
  readonly calendar: typeof calendarContract
  readonly contacts: typeof contactsContract
  readonly customers: typeof customersContract
  readonly documents: typeof documentsContract
  readonly duplicates: typeof duplicatesContract
  readonly exports: typeof exportsContract
  readonly favourites: typeof favouritesContract
  readonly fields: typeof fieldsContract
  readonly files: typeof filesContract
  readonly followUps: typeof followUpsContract
  readonly handover: typeof handoverContract
  readonly history: typeof historyContract
  readonly imports: typeof importsContract
  readonly invoices: typeof invoicesContract
  readonly jobs: typeof jobsContract
  readonly layouts: typeof layoutsContract
  readonly leads: typeof leadsContract
  readonly leadSettings: typeof leadSettingsContract
  readonly live: typeof liveContract
  readonly members: typeof membersContract
  readonly notifications: typeof notificationsContract
  readonly looking: typeof lookingContract
  readonly merges: typeof mergesContract
  readonly numbers: typeof numbersContract
  readonly opportunities: typeof opportunitiesContract
  readonly orders: typeof ordersContract
  readonly payments: typeof paymentsContract
  readonly people: typeof peopleContract
  readonly pipelines: typeof pipelinesContract
  readonly pools: typeof poolsContract
  readonly presence: typeof presenceContract
  readonly products: typeof productsContract
  readonly purchases: typeof purchasesContract
  readonly quotes: typeof quotesContract
  readonly recycleBin: typeof recycleBinContract
  readonly reports: typeof reportsContract
  readonly search: typeof searchContract
  readonly session: typeof sessionContract
  readonly setup: typeof setupContract
  readonly sourceCosts: typeof sourceCostsContract
  readonly stock: typeof stockContract
  readonly tags: typeof tagsContract
  readonly targets: typeof targetsContract
  readonly views: typeof viewsContract
  readonly workbench: typeof workbenchContract
}

/** Every call of the program, one line per feature. Nothing else is reachable from outside. */
export const contract: Contract = {
  addresses: addressesContract,
  approvals: approvalsContract,
  backups: backupsContract,
  billing: billingContract,
  calendar: calendarContract,
  contacts: contactsContract,
  customers: customersContract,
  documents: documentsContract,
  duplicates: duplicatesContract,
  exports: exportsContract,
  favourites: favouritesContract,
  fields: fieldsContract,
  files: filesContract,
  followUps: followUpsContract,
  handover: handoverContract,
  history: historyContract,
  imports: importsContract,
  invoices: invoicesContract,
  jobs: jobsContract,
  layouts: layoutsContract,
  leads: leadsContract,
  leadSettings: leadSettingsContract,
  live: liveContract,
  members: membersContract,
  notifications: notificationsContract,
  looking: lookingContract,
  merges: mergesContract,
  numbers: numbersContract,
  opportunities: opportunitiesContract,
  orders: ordersContract,
  payments: paymentsContract,
  people: peopleContract,
  pipelines: pipelinesContract,
  pools: poolsContract,
  presence: presenceContract,
  products: productsContract,
  purchases: purchasesContract,
  quotes: quotesContract,
  recycleBin: recycleBinContract,
  reports: reportsContract,
  search: searchContract,
  session: sessionContract,
  setup: setupContract,
  sourceCosts: sourceCostsContract,
  stock: stockContract,
  tags: tagsContract,
  targets: targetsContract,
  views: viewsContract,
  workbench: workbenchContract,
}
