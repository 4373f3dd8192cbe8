// The long form of tests/features/importsRoundTrip.test.ts: 200 random bases, exported, edited, changed meanwhile, brought back.
import { expect, it } from 'vitest'
import {
  bringBack,
  differences,
  editSome,
  expected,
  exported,
  FIELD_HEADERS,
  type Format,
  gridOf,
  type Kind,
  makeBase,
  saved,
  standing,
} from '../support/editedExport.ts'
import { startBackend } from '../support/backend.ts'
import { addPerson, administrator, bySystem, randomFrom } from '../support/factories.ts'

const ROUNDS = 200
const KINDS: readonly Kind[] = ['customer', 'contact', 'followUp']
const FORMATS: readonly Format[] = ['xlsx', 'csv']

it(`export → edit → import changes exactly the edited cells, in ${ROUNDS} rounds`, async () => {
  let cells = 0
  for (let round = 0; round < ROUNDS; round++) {
    const random = randomFrom(5000 + round)
    const kind = KINDS[round % 3] as Kind
    const format = FORMATS[random.below(2)] as Format
    const running = await startBackend()
    try {
      await running.start()
      const admin = administrator(running)
      for (const name of ['陈思远', '王敏', '王敏', '老李']) await addPerson(running, { name, roles: ['sales'] })
      await bySystem(running, ({ tx }) =>
        tx.updateTable('employee').set({ leftOn: '2026-03-01' }).where('name', '=', '老李').execute(),
      )
      await makeBase(running, random, 10 + random.below(40))
      const grid = await gridOf(await exported(running, admin, kind, format))
      const wanted = editSome(running, kind, grid, { random, headers: FIELD_HEADERS[kind], format, share: random.below(40) })
      // Meanwhile colleagues wrote into cells of their own: none of that may be lost, also where both wrote.
      const theirs = kind === 'customer' ? 'industry' : kind === 'contact' ? 'title' : 'next_at'
      const meanwhile = [...standing(running, kind).keys()].filter(() => random.below(5) === 0)
      const value = kind === 'followUp' ? '2028-01-01T00:00:00.000Z' : '同事写的'
      const table = kind === 'followUp' ? 'follow_up' : kind
      if (meanwhile.length > 0)
        await bySystem(running, async (context) => {
          for (const id of meanwhile)
            await context.tx
              .updateTable(table as 'contact')
              .set({ [theirs === 'next_at' ? 'nextAt' : theirs]: value, updatedAt: context.now() })
              .where('id', '=', id)
              .execute()
        })
      for (const id of meanwhile) wanted.get(id)?.delete(theirs)
      const before = standing(running, kind)
      const done = await bringBack(running, admin, kind, await saved(running, grid, format))
      const found = differences(before, standing(running, kind))
      expect({ round, kind, format, failed: done.failed, found }).toEqual({
        round,
        kind,
        format,
        failed: 0,
        found: expected(before, wanted),
      })
      cells += found.length
    } finally {
      await running.dispose()
    }
  }
  process.stdout.write(`edited exports: ${ROUNDS} rounds, ${cells} edited cells, none else changed\n`)
  expect(cells).toBeGreaterThan(1000)
})
