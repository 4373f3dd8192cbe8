import { insertInto } from '../../src-main/kernel/records/write.ts'
import { bySystem } from './factories.ts'
import { ofKind, type Run } from './policyAsking.ts'
import { checkPalette } from './policyPalette.ts'
import { has, ownsWithin, type Person, readsField, type Rec, sees, type World } from './policyWorld.ts'

type Hung = {
  id: string
  name: string
  ownerId: string | null
  customer: Rec | null
  totalFen: number
  discountBp: number
  approvalId: string
  applicant: string | null
}
const hung = new WeakMap<World, Hung[]>()

/** Counted, not drawn: a quote for every customer and some for nobody, each with a request for approval that has ended. */
export async function hangQuotes(world: World): Promise<void> {
  const quotes: Hung[] = []
  const customers = ofKind(world, 'customer').filter(({ deleted }) => !deleted)
  await bySystem(world.running, async ({ tx, newId, now }) => {
    const at = now()
    const flow = await tx.selectFrom('approvalFlow').selectAll().executeTakeFirstOrThrow()
    for (const [n, customer] of [...customers, ...customers.slice(0, 5).map(() => null)].entries()) {
      const owner = n % 5 === 4 ? null : (world.people[(n * 3 + 1) % world.people.length]?.employeeId ?? null)
      const applicant = world.people[(n * 7 + 2) % world.people.length]?.employeeId ?? null
      const quote = {
        id: newId(),
        name: `报价第${n}份`,
        ownerId: owner,
        customer,
        totalFen: 100 + n * n,
        discountBp: 100 + n,
        approvalId: newId(),
        applicant,
      }
      await insertInto(tx, 'quote', {
        id: quote.id,
        rootId: quote.id,
        name: quote.name,
        customerId: customer?.id ?? null,
        ownerId: owner,
        quotedOn: '2026-11-23',
        linesFen: quote.totalFen,
        totalFen: quote.totalFen,
        createdAt: at,
        updatedAt: at,
      })
      await insertInto(tx, 'approval', {
        id: quote.approvalId,
        subject: 'quote',
        subjectId: quote.id,
        flowId: flow.id,
        flowName: flow.name,
        steps: '[]',
        applicantId: applicant,
        status: 'withdrawn',
        title: quote.name,
        summary: JSON.stringify({
          amountFen: quote.totalFen,
          discountBp: quote.discountBp,
          belowCost: false,
          customerName: customer?.values['name'] ?? null,
          conditions: [{ kind: 'discountAtLeast', percent: '1' }],
        }),
        mark: '',
        startedAt: at,
        endedAt: at,
        createdAt: at,
        updatedAt: at,
      })
      quotes.push(quote)
    }
  })
  hung.set(world, quotes)
}

/** By its own owner within the scope, or through the customer it hangs on. */
function reaches(world: World, person: Person, { ownerId, customer }: Hung, verb: 'read' | 'edit' = 'read'): boolean {
  if (!has(person, `quotes.${verb}`) || !has(person, 'quotes.read')) return false
  const through = customer !== null && sees(world, person, customer, `customers.${verb}`)
  return ownsWithin(world, person, `quotes.${verb}`, ownerId) || through
}

/** What a request tells him of the quote: its sum to whoever has to do with it, the discount and why as far as he may read it, and the customer. */
function summaryOf({ world, person }: Run, { customer, totalFen, discountBp }: Hung, asked: boolean) {
  const named = customer !== null && (asked || sees(world, person, customer))
  const discount = readsField(person, 'quote.discountRate')
  return {
    amountFen: totalFen,
    discountBp: discount ? discountBp : null,
    belowCost: false,
    customerName: named ? customer.values['name'] : null,
    conditions: discount ? [{ kind: 'discountAtLeast', percent: '1' }] : [],
    kept: !discount,
  }
}

/** Every channel of quotes tells of the same ones, and of a customer only who sees him; of an approval who asked or sees the quote. */
export async function checkQuotes(run: Run): Promise<void> {
  const { world, person, client, checks, about } = run
  const all = hung.get(world) ?? []
  const mine = all.filter((quote) => reaches(world, person, quote))
  const told = async (call: Promise<unknown>): Promise<boolean> =>
    call.then(
      () => true,
      () => false,
    )
  const answer = await client.quotes.list({ limit: 200 }).catch((error: { code: string }) => error.code)
  checks.scan(world, person, 'quotes', answer)
  for (const quote of all) {
    const seen = mine.includes(quote)
    const asked = quote.applicant === person.employeeId
    const approval = await client.approvals.get({ id: quote.approvalId as never }).catch(() => null)
    checks.same('approval', approval !== null, seen || asked, `${about} ${quote.name}`)
    if (approval) checks.same('approval told', approval.summary, summaryOf(run, quote, asked), `${about} ${quote.name}`)
    // Who asked knows whose it was when he did.
    if (!asked) checks.scan(world, person, 'approval', approval)
  }
  await checkPalette(run, 'quote', mine, [{ text: '报价第', of: all }])
  if (typeof answer === 'string') {
    checks.same('quotes', answer, has(person, 'quotes.read') ? 'answered' : 'FORBIDDEN', about)
    return
  }
  const got = new Map(answer.rows.map((row) => [row.id as string, row]))
  for (const quote of all) {
    const seen = mine.includes(quote)
    checks.same('quotes', got.has(quote.id), seen, `${about} ${quote.name}`)
    const one = await client.quotes.get({ id: quote.id as never }).catch((error: { code: string }) => error.code)
    checks.scan(world, person, 'quote get', one)
    checks.same('quote get', typeof one === 'object', seen, `${about} ${quote.name}`)
    const { customer } = quote
    const named = customer !== null && sees(world, person, customer) ? customer.values['name'] : null
    if (typeof one === 'object') {
      checks.same('quote get', one.customerName, named, `${about} ${quote.name} customer`)
      checks.same('quote may', one.may?.edit, reaches(world, person, quote, 'edit'), `${about} ${quote.name}`)
    }
    checks.same('quote content', await told(client.quotes.content({ id: quote.id as never })), seen, `${about} ${quote.name}`)
    checks.same('quote versions', await told(client.quotes.versions({ id: quote.id as never })), seen, `${about} ${quote.name}`)
    checks.same(
      'quote history',
      await told(client.history.ofRecord({ entity: 'quote', id: quote.id })),
      seen,
      `${about} ${quote.name}`,
    )
  }
  const { count } = await client.quotes.count({})
  checks.same('quote count', count, mine.length, about)
  const sums = await client.quotes.sums({ selection: { which: {}, except: [] }, sums: [{ field: 'totalFen', sum: 'sum' }] })
  const total = mine.reduce((sum, { totalFen }) => sum + totalFen, 0)
  checks.same('quote sums', sums[0]?.value, mine.length === 0 ? null : total, about)
  const found = await client.quotes.list({ search: '报价第', limit: 200 })
  const ids = found.rows.map(({ id }) => id as string).toSorted()
  checks.same('quote search', ids, mine.map(({ id }) => id).toSorted(), about)
}
