import type { Client } from './backend.ts'
import type { Run } from './policyAsking.ts'
import { type Rec, sees } from './policyWorld.ts'

type Found = { id: string; customer: Rec | null }
/** Looked up by the names of so many customers: every channel costs a call for each person. */
const NAMED = 4
/** One answer tells of all kinds. */
const answers = new WeakMap<Client, Map<string, Promise<Hit[]>>>()
type Hit = { id: string; entity: string }
function hitsOf(client: Client, text: string): Promise<Hit[]> {
  const known = answers.get(client) ?? new Map<string, Promise<Hit[]>>()
  answers.set(client, known)
  const answer = known.get(text) ?? client.search.records({ text, limit: 50 }).then(({ hits }) => hits)
  known.set(text, answer)
  return answer
}

/** The palette tells of the same records of a kind as their lists: by words that all of them have, and of a customer by his name. */
export async function checkPalette(
  { world, person, client, checks, about }: Run,
  entity: 'opportunity' | 'quote' | 'order' | 'payment' | 'invoice',
  mine: readonly Found[],
  words: readonly { text: string; of: readonly Found[] }[],
): Promise<void> {
  const idsOf = (found: readonly { id: string }[]) => found.map(({ id }) => id).toSorted()
  const hits = async (text: string) => {
    const answer = await hitsOf(client, text)
    checks.scan(world, person, `${entity} palette`, answer)
    return idsOf(answer.filter((hit) => hit.entity === entity))
  }
  for (const { text, of } of words) {
    const wanted = of.filter((one) => mine.some(({ id }) => id === one.id))
    checks.same(`${entity} palette`, await hits(text), idsOf(wanted), `${about} ${text}`)
  }
  for (const customer of world.records.filter(({ kind, deleted }) => kind === 'customer' && !deleted).slice(0, NAMED)) {
    const wanted = sees(world, person, customer) ? mine.filter((one) => one.customer === customer) : []
    const name = String(customer.values['name'])
    checks.same(`${entity} palette by customer`, await hits(name), idsOf(wanted), `${about} ${name}`)
  }
}
