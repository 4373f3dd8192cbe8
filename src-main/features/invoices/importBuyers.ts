import { cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Values } from '../../kernel/importer.ts'
import { type KeptProfile, makeProfile, profilesAmong } from '../billing/public.ts'
import { str } from './importRows.ts'

type Word = 'taxNumber' | 'address' | 'phone' | 'bank' | 'account' | 'email' | 'mailAddress'
const called = (title: string): string => cleanText(title).normalize('NFKC').toLowerCase()

/** The billing profiles of the customers of a chunk, those that its rows make among them. */
export class Buyers {
  readonly #profiles: Map<string, KeptProfile[]>
  private constructor(profiles: Map<string, KeptProfile[]>) {
    this.#profiles = profiles
  }

  static async of(context: CommandContext, customerIds: readonly string[]): Promise<Buyers> {
    return new Buyers(await profilesAmong(context.tx, customerIds))
  }

  of(customerId: string): readonly KeptProfile[] {
    return this.#profiles.get(customerId) ?? []
  }

  add(profile: KeptProfile): void {
    this.#profiles.set(profile.customerId, [...this.of(profile.customerId), profile])
  }
}

/** The profile that a row means: by its title and number, by one of them where it says no more, else the one that is proposed. */
function meant(profiles: readonly KeptProfile[], title: string | null, taxNumber: string | null): KeptProfile | undefined {
  if (title === null && taxNumber === null) return profiles[0]
  return profiles.find(
    (one) =>
      (title === null || called(one.title) === called(title)) &&
      (taxNumber === null || one.taxNumber === taxNumber || (title !== null && one.taxNumber === null)),
  )
}

type Said = { values: Values; customer: Values | null; customerId: string | null }
type Whose = { buyer: string; home: string | null; known: KeptProfile | undefined }

/** What the row says of the buyer's kind, else what his profile does; without one a person is who is himself a customer and has no tax number. */
function kindOf({ values, customer }: Said, { buyer, home, known }: Whose): string {
  const isPerson = customer?.['kind'] === 'person' && str(values['taxNumber']) === null && buyer === home
  return str(values['buyerKind']) ?? known?.kind ?? (isPerson ? 'person' : 'enterprise')
}

function wordsOf({ values, customer }: Said, { buyer, home, known }: Whose, kind: string) {
  const word = (key: Word): string | null => str(values[key]) ?? known?.[key] ?? null
  // The company's own number stands where its own name does.
  const own = buyer === home && kind === 'enterprise' ? str(customer?.['creditCode']) : null
  return {
    taxNumber: word('taxNumber') ?? own,
    address: word('address'),
    phone: word('phone'),
    bank: word('bank'),
    account: word('account'),
    email: word('email'),
    mailAddress: word('mailAddress'),
  }
}

/**
 * Whom an invoice is made out to, in the words that are kept with it: those of the row, and what the row does not say out of the profile
 * that it means. A title with its number that the customer has no profile of becomes one.
 */
export async function buyerFor(context: CommandContext, buyers: Buyers, said: Said): Promise<Values> {
  const { values, customer, customerId } = said
  const [title, taxNumber] = [str(values['buyer']), str(values['taxNumber'])]
  const profiles = customerId === null ? [] : buyers.of(customerId)
  const known = meant(profiles, title, taxNumber)
  const home = str(customer?.['name'])
  const whose = { buyer: title ?? known?.title ?? home ?? '—', home, known }
  const buyerKind = kindOf(said, whose)
  const words = wordsOf(said, whose, buyerKind)
  if (customerId !== null && known === undefined && title !== null && taxNumber !== null) {
    const made = { ...words, customerId, title, kind: buyerKind, isDefault: profiles.length === 0 ? 1 : 0 }
    if (await makeProfile(context, made)) buyers.add(made)
  }
  return { buyer: whose.buyer, buyerKind, ...words }
}
