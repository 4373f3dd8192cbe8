import { gone, type Op, type Run, type Scene, some, type User } from './walkScene.ts'

type Chosen = { selection: { ids: string[] }; withCustomers: boolean }
const outOf =
  (table: string, restore: (user: User, chosen: Chosen) => Promise<unknown>): Run =>
  (scene: Scene, user: User) => {
    const found = Array.from({ length: 1 + scene.random.below(4) }, () => some(scene, table, gone)?.id)
    const ids = [...new Set(found.filter((id) => id !== undefined).map(String))]
    return ids.length === 0
      ? Promise.resolve(null)
      : restore(user, { selection: { ids }, withCustomers: scene.random.chance(0.5) })
  }

/** What comes back from the recycle bin several at once, with its customers or without. */
export const binOps: readonly Op[] = [
  ['recycleBin.restoreContacts', 3, outOf('contact', ({ client }, chosen) => client.recycleBin.restoreContacts(chosen))],
  ['recycleBin.restoreFollowUps', 3, outOf('follow_up', ({ client }, chosen) => client.recycleBin.restoreFollowUps(chosen))],
  [
    'recycleBin.restoreOpportunities',
    3,
    outOf('opportunity', ({ client }, chosen) => client.recycleBin.restoreOpportunities(chosen)),
  ],
  ['recycleBin.restoreOrders', 2, outOf('sales_order', ({ client }, chosen) => client.recycleBin.restoreOrders(chosen))],
  ['recycleBin.restorePayments', 2, outOf('payment', ({ client }, chosen) => client.recycleBin.restorePayments(chosen))],
  ['recycleBin.restoreInvoices', 2, outOf('invoice', ({ client }, chosen) => client.recycleBin.restoreInvoices(chosen))],
  ['recycleBin.restoreQuotes', 2, outOf('quote', ({ client }, chosen) => client.recycleBin.restoreQuotes(chosen))],
  ['recycleBin.restoreLeads', 2, outOf('lead', ({ client }, chosen) => client.recycleBin.restoreLeads(chosen))],
  ['recycleBin.restoreFiles', 3, outOf('file', ({ client }, chosen) => client.recycleBin.restoreFiles(chosen))],
  [
    'workbench.arrange',
    1,
    (scene, { client }) => client.workbench.arrange({ todos: [{ key: 'today', shown: scene.random.chance(0.5) }] }),
  ],
]
