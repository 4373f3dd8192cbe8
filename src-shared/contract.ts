import { addressesContract } from './features/addresses/contract.ts'
import { contactsContract } from './features/contacts/contract.ts'
import { customersContract } from './features/customers/contract.ts'
import { followUpsContract } from './features/follow-ups/contract.ts'
import { historyContract } from './features/history/contract.ts'
import { liveContract } from './features/live/contract.ts'
import { peopleContract } from './features/people/contract.ts'
import { searchContract } from './features/search/contract.ts'
import { sessionContract } from './features/session/contract.ts'
import { setupContract } from './features/setup/contract.ts'
import { tagsContract } from './features/tags/contract.ts'

/** Every call of the program, one line per feature. Nothing else is reachable from outside. */
export const contract = {
  addresses: addressesContract,
  contacts: contactsContract,
  customers: customersContract,
  followUps: followUpsContract,
  history: historyContract,
  live: liveContract,
  people: peopleContract,
  search: searchContract,
  session: sessionContract,
  setup: setupContract,
  tags: tagsContract,
}
