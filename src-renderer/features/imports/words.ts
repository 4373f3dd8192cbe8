import { text as contacts } from '../../../src-shared/features/contacts/text.ts'
import { text as customers } from '../../../src-shared/features/customers/text.ts'
import { text as followUps } from '../../../src-shared/features/follow-ups/text.ts'
import { text as imports } from '../../../src-shared/features/imports/text.ts'
import { text as invoices } from '../../../src-shared/features/invoices/text.ts'
import { text as opportunities } from '../../../src-shared/features/opportunities/text.ts'
import { text as orderParts } from '../../../src-shared/features/orders/partsText.ts'
import { text as orders } from '../../../src-shared/features/orders/text.ts'
import { text as payments } from '../../../src-shared/features/payments/text.ts'
import { text as leads } from '../../../src-shared/features/leads/text.ts'
import { text as quotes } from '../../../src-shared/features/quotes/text.ts'
import { text as people } from '../../../src-shared/features/people/text.ts'
import { text as products } from '../../../src-shared/features/products/text.ts'
import { text as purchases } from '../../../src-shared/features/purchases/text.ts'
import { text as stockMoves } from '../../../src-shared/features/stock/moveText.ts'
import { text as tags } from '../../../src-shared/features/tags/text.ts'
import { registerSlice } from '../../kernel/slices.ts'

// Whatever can be imported is named here by its own words, also where its pages were never opened.
const slices = {
  contacts,
  customers,
  followUps,
  imports,
  invoices,
  leads,
  quotes,
  opportunities,
  orders,
  orderParts,
  payments,
  people,
  products,
  purchases,
  stockMoves,
  tags,
}
for (const [feature, words] of Object.entries(slices)) registerSlice(feature, words)
