import { addressesContract } from './features/addresses/contract.ts'
import { backupsContract } from './features/backups/contract.ts'
import { calendarContract } from './features/calendar/contract.ts'
import { contactsContract } from './features/contacts/contract.ts'
import { customersContract } from './features/customers/contract.ts'
import { duplicatesContract } from './features/duplicates/contract.ts'
import { exportsContract } from './features/exports/contract.ts'
import { fieldsContract } from './features/fields/contract.ts'
import { followUpsContract } from './features/follow-ups/contract.ts'
import { historyContract } from './features/history/contract.ts'
import { importsContract } from './features/imports/contract.ts'
import { jobsContract } from './features/jobs/contract.ts'
import { liveContract } from './features/live/contract.ts'
import { peopleContract } from './features/people/contract.ts'
import { searchContract } from './features/search/contract.ts'
import { sessionContract } from './features/session/contract.ts'
import { setupContract } from './features/setup/contract.ts'
import { tagsContract } from './features/tags/contract.ts'

/** Every call of the program, one line per feature. Nothing else is reachable from outside. */
export const contract = {
  addresses: addressesContract,
  backups: backupsContract,
  calendar: calendarContract,
  contacts: contactsContract,
  customers: customersContract,
  duplicates: duplicatesContract,
  exports: exportsContract,
  fields: fieldsContract,
  followUps: followUpsContract,
  history: historyContract,
  imports: importsContract,
  jobs: jobsContract,
  live: liveContract,
  people: peopleContract,
  search: searchContract,
  session: sessionContract,
  setup: setupContract,
  tags: tagsContract,
}
