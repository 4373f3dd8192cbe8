// Hot queries walk an index at any size: the plan of what lists, undo and history really ask, as SQLite makes it.
import type BetterSqlite3 from 'better-sqlite3'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { kyselyOver } from '../../src-main/kernel/database.ts'
import { hangsOn } from '../../src-main/kernel/undo.ts'
import { nobody } from '../../src-main/kernel/pipeline.ts'
import { driversAlong } from '../../src-main/kernel/records/path.ts'
import { getRow, listRows, nearPage } from '../../src-main/kernel/records/select.ts'
import { sumColumns } from '../../src-main/kernel/records/sums.ts'
import { commandsOfRow, ownersOfCustomers, recentCommands } from '../../src-main/features/history/store.ts'
import { absorbedIn } from '../../src-main/features/merges/store.ts'
import { contactEntity } from '../../src-shared/features/contacts/entity.ts'
import { customerEntity } from '../../src-shared/features/customers/entity.ts'
import { productEntity } from '../../src-shared/features/products/entity.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { columnOf } from '../../src-shared/kernel/entity.ts'
import { makeDataFolder } from '../support/dataFolder.ts'
import { explain } from '../support/explain.ts'

let data: Awaited<ReturnType<typeof makeDataFolder>>
beforeAll(async () => {
  data = await makeDataFolder(30)
})
afterAll(() => data.remove())

const everybody: Actor = {
  ...nobody('http'),
  permissions: { 'customers.read': 'all', 'contacts.read': 'all', 'products.read': 'all' },
}
const own: Actor = {
  ...everybody,
  permissions: { 'customers.read': 'own', 'contacts.read': 'all' },
  owners: { own: ['01E'], department: [], below: [] },
}

const few: Actor = {
  ...own,
  permissions: { ...own.permissions, 'customers.read': 'below' },
  owners: { own: [], department: [], below: ['01E', '01F', '01G'] },
}

/** The plans of every statement that `work` prepares; the values do not matter to a plan. */
async function plansOf(work: (raw: BetterSqlite3.Database) => unknown): Promise<string[]> {
  const seen = new Set<string>()
  const raw = new Proxy(data.raw, {
    get(target, key) {
      const value = Reflect.get(target, key, target) as unknown
      if (key === 'prepare') {
        return (text: string) => {
          seen.add(text)
          return target.prepare(text)
        }
      }
      return typeof value === 'function' ? (value.bind(target) as unknown) : value
    },
  })
  await work(raw)
  const plans = [...seen]
    .filter((text) => /^\s*select/i.test(text))
    .flatMap((text) =>
      explain(
        data.raw,
        text,
        Array.from(text.matchAll(/\?/g), () => null),
      ),
    )
  expect(plans.length).toBeGreaterThan(0)
  return plans
}
/** Reading a whole business or journal table; a scan of json_each or of a subquery's few rows is none. */
const wholeScans = (plans: readonly string[]): string[] =>
  plans.filter(
    (step) =>
      /^SCAN (t|c|j|customer|contact|journal|command|record_tag)\b/.test(step) &&
      !/USING (COVERING )?INDEX|USING INTEGER PRIMARY KEY/.test(step),
  )

describe('a page of the list', () => {
  const orders = [...customerEntity.fields, ...contactEntity.fields].length
  it('has orders to look at', () => expect(orders).toBeGreaterThan(20))

  it.each(customerEntity.fields.filter((field) => field.indexed && field.key !== 'phone').map(({ key }) => key))(
    'of customers by %s walks its index',
    async (field) => {
      for (const direction of ['asc', 'desc'] as const)
        for (const actor of [everybody, own]) {
          const plans = await plansOf((raw) =>
            listRows(kyselyOver(raw, false), actor, customerEntity, { sort: [{ field, direction }], offset: 0, limit: 50 }),
          )
          expect(wholeScans(plans), plans.join('\n')).toEqual([])
          expect(
            plans.some((step) => /USING (COVERING )?INDEX customer_by_/.test(step)),
            plans.join('\n'),
          ).toBe(true)
          // "In no pool" is nearly everybody: found by it, all of them would be sorted.
          expect(plans.filter((step) => step.includes('customer_by_pool'))).toEqual([])
        }
    },
  )

  it('of the recycle bin looks at what lies in it, by whatever it is sorted', async () => {
    for (const field of customerEntity.fields.filter(({ type }) => type !== 'tags').map(({ key }) => key))
      for (const actor of [everybody, own]) {
        const plans = await plansOf((raw) =>
          listRows(kyselyOver(raw, false), actor, customerEntity, {
            deleted: true,
            sort: [{ field, direction: 'asc' }],
            offset: 0,
            limit: 50,
          }),
        )
        expect(plans[1], plans.join('\n')).toMatch(/^SEARCH t USING INDEX customer_deleted/)
      }
  })

  it('of contacts by name and by age likewise', async () => {
    for (const field of ['name', 'createdAt']) {
      const plans = await plansOf((raw) =>
        listRows(kyselyOver(raw, false), everybody, contactEntity, { sort: [{ field, direction: 'asc' }], offset: 0, limit: 50 }),
      )
      expect(wholeScans(plans), plans.join('\n')).toEqual([])
    }
  })

  it.each(productEntity.fields.filter((field) => field.indexed).map(({ key }) => key))(
    'of products by %s walks its index',
    async (field) => {
      for (const direction of ['asc', 'desc'] as const) {
        const plans = await plansOf((raw) =>
          listRows(kyselyOver(raw, false), everybody, productEntity, { sort: [{ field, direction }], offset: 0, limit: 50 }),
        )
        expect(wholeScans(plans), plans.join('\n')).toEqual([])
        expect(plans.join('\n')).not.toMatch(/SEARCH t USING INDEX product_deleted/)
      }
    },
  )

  it.each(customerEntity.fields.filter((field) => field.byAge).map(({ key }) => key))(
    'of customers of one %s walks them by age, for who sees some people as well',
    async (field) => {
      for (const actor of [everybody, few]) {
        const plans = await plansOf((raw) =>
          nearPage(kyselyOver(raw, false), actor, customerEntity, {
            filter: {
              combinator: 'and',
              rules: [
                { field: 'level', operator: '=', value: 'A' },
                { field, operator: '=', value: '某' },
              ],
            },
            offset: 0,
            limit: 50,
          }),
        )
        expect(
          plans.filter((step) => step.startsWith('SEARCH t USING COVERING INDEX customer_by_')).length,
          plans.join('\n'),
        ).toBe(2)
        expect(plans.join('\n')).toContain(`(${columnOf(field)}=?)`)
      }
    },
  )

  it('figures of what some people own look through the columns of theirs alone', async () => {
    const plans = await plansOf((raw) =>
      sumColumns(kyselyOver(raw, false), few, customerEntity, {
        selection: { which: {}, except: [] },
        sums: [{ field: 'email', sum: 'filled' }],
      }),
    )
    expect(plans.join('\n')).toContain('SEARCH t USING COVERING INDEX customer_columns (owner_id=?')
  })

  it('goes by what some people own where no index holds its order, and by age along what is asked for or is his own', () => {
    const city = { field: 'city', operator: '=', value: '苏州市' } as const
    const ways = (actor: Actor, sort: string[], shared = false) =>
      driversAlong(
        actor,
        customerEntity,
        { filter: { combinator: 'and', rules: [city] } },
        { sort: sort.map((field) => ({ field, direction: 'asc' })), shared },
      )
    expect(ways(own, ['createdAt'])).toEqual([city, 'owner'])
    expect(ways(few, ['createdAt'])).toEqual([city])
    expect(ways(few, ['email'])).toEqual(['owner'])
    expect(ways(few, ['city', 'name'])).toEqual(['owner'])
    expect(ways(few, ['name'])).toEqual([])
    const month = { field: 'nextFollowUpAt', operator: 'between', value: ['2026-01-01', '2026-02-01'] } as const
    const ofMonth = { filter: { combinator: 'and' as const, rules: [city, { ...month, value: [...month.value] }] } }
    expect(
      driversAlong(few, customerEntity, ofMonth, { sort: [{ field: 'nextFollowUpAt', direction: 'asc' }], shared: false }),
    ).toEqual([month])
    // Whoever was made a collaborator somewhere sees more than any index of owners holds.
    expect(ways(own, ['createdAt'], true)).toEqual([city])
    expect(ways(few, ['email'], true)).toEqual([])
    expect(ways(everybody, ['email'])).toEqual([])
  })

  it('an order without an index is seen by this test', async () => {
    const plans = await plansOf((raw) =>
      listRows(kyselyOver(raw, false), everybody, customerEntity, {
        sort: [{ field: 'note', direction: 'asc' }],
        offset: 0,
        limit: 50,
      }),
    )
    expect(plans.join('\n')).toMatch(/USE TEMP B-TREE FOR ORDER BY/)
  })
})

describe('one record', () => {
  it('is found by its key, with its history and what hangs on it', async () => {
    const plans = [
      ...(await plansOf((raw) => getRow(kyselyOver(raw, false), own, customerEntity, 'x').catch(() => null))),
      ...(await plansOf((raw) =>
        commandsOfRow(kyselyOver(raw, false), { entity: 'customer', table: 'customer', ids: ['x'], limit: 50 }),
      )),
      ...(await plansOf((raw) => recentCommands(kyselyOver(raw, false), { actorId: 'x', limit: 50 }))),
      ...(await plansOf((raw) => hangsOn(raw, 'customer', 'x', 5))),
    ]
    expect(wholeScans(plans), plans.join('\n')).toEqual([])
    expect(plans.some((plan) => plan.includes('journal_by_gone_tag'))).toBe(true)
  })

  it('asks for the rows of named commands by the commands, not by everything ever written to a table', async () => {
    const plans = [
      ...(await plansOf((raw) => ownersOfCustomers(kyselyOver(raw, false), 5))),
      ...(await plansOf((raw) => absorbedIn(kyselyOver(raw, false), [5]))),
    ]
    expect(plans.filter((step) => step.includes('journal_by_row'))).toEqual([])
    expect(plans.filter((step) => step.includes('journal_by_seq')).length).toBeGreaterThan(3)
  })

  it('of the people is likewise looked for along an index before it goes', async () => {
    for (const table of ['employee', 'department', 'role', 'user_account']) {
      const plans = await plansOf((raw) => hangsOn(raw, table, 'x', 5))
      expect(
        plans.filter((step) => step.startsWith('SCAN') && !/^SCAN (m|fk)\b/.test(step)),
        plans.join('\n'),
      ).toEqual([])
    }
  })
})
