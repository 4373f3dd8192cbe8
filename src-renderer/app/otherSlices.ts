import { text as addresses } from '../../src-shared/features/addresses/text.ts'
import { text as approvals } from '../../src-shared/features/approvals/text.ts'
import { text as billing } from '../../src-shared/features/billing/text.ts'
import { text as documents } from '../../src-shared/features/documents/text.ts'
import { text as duplicates } from '../../src-shared/features/duplicates/text.ts'
import { text as fields } from '../../src-shared/features/fields/text.ts'
import { text as files } from '../../src-shared/features/files/text.ts'
import { text as handover } from '../../src-shared/features/handover/text.ts'
import { text as invoices } from '../../src-shared/features/invoices/text.ts'
import { text as layouts } from '../../src-shared/features/layouts/text.ts'
import { text as members } from '../../src-shared/features/members/text.ts'
import { text as merges } from '../../src-shared/features/merges/text.ts'
import { text as numbers } from '../../src-shared/features/numbers/text.ts'
import { text as products } from '../../src-shared/features/products/text.ts'
import { text as purchases } from '../../src-shared/features/purchases/text.ts'
import { text as setup } from '../../src-shared/features/setup/text.ts'
import { text as sourceCosts } from '../../src-shared/features/source-costs/text.ts'
import { text as stock } from '../../src-shared/features/stock/text.ts'
import { text as targets } from '../../src-shared/features/targets/text.ts'
import { text as views } from '../../src-shared/features/views/text.ts'
import { registerSlice } from '../kernel/slices.ts'

// One line each; a slice whose pages alone show its words may register itself there.
const slices = {
  addresses,
  approvals,
  billing,
  documents,
  duplicates,
  fields,
  files,
  handover,
  invoices,
  members,
  merges,
  layouts,
  numbers,
  products,
  purchases,
  setup,
  sourceCosts,
  stock,
  targets,
  views,
}

for (const [feature, words] of Object.entries(slices)) registerSlice(feature, words)
