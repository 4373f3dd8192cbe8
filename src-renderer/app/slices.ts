import { text as contacts } from '../../src-shared/features/contacts/text.ts'
import { text as customers } from '../../src-shared/features/customers/text.ts'
import { text as favourites } from '../../src-shared/features/favourites/text.ts'
import { text as followUps } from '../../src-shared/features/follow-ups/text.ts'
import { text as history } from '../../src-shared/features/history/text.ts'
import { text as leads } from '../../src-shared/features/leads/text.ts'
import { text as leadSettings } from '../../src-shared/features/lead-settings/text.ts'
import { text as looking } from '../../src-shared/features/looking/text.ts'
import { text as opportunities } from '../../src-shared/features/opportunities/text.ts'
import { text as orders } from '../../src-shared/features/orders/text.ts'
import { text as payments } from '../../src-shared/features/payments/text.ts'
import { text as pipelines } from '../../src-shared/features/pipelines/text.ts'
import { text as pools } from '../../src-shared/features/pools/text.ts'
import { text as quotes } from '../../src-shared/features/quotes/text.ts'
import { text as session } from '../../src-shared/features/session/text.ts'
import { text as tags } from '../../src-shared/features/tags/text.ts'
import { registerSlice, type SliceWords } from '../kernel/slices.ts'

/** Words of the slices that the frame and the first page show, under their keys in the contract, one line each. */
const slices: Record<string, SliceWords> = {
  contacts,
  customers,
  favourites,
  followUps,
  history,
  leads,
  leadSettings,
  looking,
  opportunities,
  orders,
  payments,
  pipelines,
  pools,
  quotes,
  session,
  tags,
}

export function registerSlices(): void {
  for (const [feature, words] of Object.entries(slices)) registerSlice(feature, words)
}

let others: Promise<unknown> | null = null
/** The words of all other slices: every page but the first waits for them. A failed load is tried again by the next who asks. */
export function otherSlices(): Promise<unknown> {
  others ??= import('./otherSlices.ts').catch((error: unknown) => {
    others = null
    throw error
  })
  return others
}
