import { text as addresses } from '../../src-shared/features/addresses/text.ts'
import { text as contacts } from '../../src-shared/features/contacts/text.ts'
import { text as customers } from '../../src-shared/features/customers/text.ts'
import { text as duplicates } from '../../src-shared/features/duplicates/text.ts'
import { text as fields } from '../../src-shared/features/fields/text.ts'
import { text as followUps } from '../../src-shared/features/follow-ups/text.ts'
import { text as history } from '../../src-shared/features/history/text.ts'
import { text as session } from '../../src-shared/features/session/text.ts'
import { text as setup } from '../../src-shared/features/setup/text.ts'
import { text as tags } from '../../src-shared/features/tags/text.ts'
import { registerSlice, type SliceWords } from '../kernel/slices.ts'

/** Words of every slice under its key in the contract, one line each; a slice whose pages are loaded late may register itself there. */
const slices: Record<string, SliceWords> = {
  addresses,
  contacts,
  customers,
  duplicates,
  fields,
  followUps,
  history,
  session,
  setup,
  tags,
}

export function registerSlices(): void {
  for (const [feature, words] of Object.entries(slices)) registerSlice(feature, words)
}
