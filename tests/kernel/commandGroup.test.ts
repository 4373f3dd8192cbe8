// decisions.md "Threads": chunks of a long run share a transaction while nobody else wants to write; each is a command of its own.
import { setImmediate } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { inGroup } from '../../src-main/kernel/commandGroup.ts'
import { runCommand } from '../../src-main/kernel/commands.ts'
import type { Group } from '../../src-main/kernel/commandGroup.ts'
import type { CommandContext } from '../../src-main/kernel/context.ts'
import { verifyChain } from '../../src-main/kernel/journal.ts'
import { type Office, openOffice } from '../support/factories.ts'

let office: Office
beforeEach(async () => {
  office = await openOffice()
})
afterEach(async () => {
  await office.close()
})

const backend = () => office.running.backend
const count = (sql: string): number => backend().database.raw.prepare(sql).pluck().get() as number
const seenByOthers = async (): Promise<number> =>
  (await backend().database.read.selectFrom('customer').select('id').execute()).length

/** A command of the group that makes one customer. */
const make = (group: Group, id: string, more: (command: CommandContext) => Promise<void> = () => Promise.resolve()) =>
  runCommand(
    backend(),
    {
      procedure: 'test.make',
      actor: office.running.sessions.localAdmin('cli'),
      key: null,
      input: null,
      options: { batchId: 'batch', relaxed: true, group },
    },
    async (command) => {
      const at = command.now()
      await command.tx
        .insertInto('customer')
        .values({ id, name: `组中${id}`, createdAt: at, updatedAt: at })
        .execute()
      command.record({ entity: 'customer', id, action: 'created' })
      await more(command)
      return command.seq
    },
  )

describe('several commands in one transaction', () => {
  it('have a number each, are told after the commit, found by search, and the chain is whole', async () => {
    const before = await seenByOthers()
    const told: number[] = []
    const stop = backend().bus.listen(({ seq }) => told.push(seq))
    const last = backend().database.lastCommand().seq
    const seqs = await inGroup(backend(), async (group) => {
      const first = await make(group, 'g1')
      expect(await group.mayGoOn()).toBe(true)
      const second = await make(group, 'g2')
      expect(told).toEqual([])
      // Who reads now and follows the changes from this number on is told of both.
      expect(backend().database.lastCommand().seq).toBe(last)
      expect(await seenByOthers()).toBe(before)
      return [first, second]
    })
    stop()
    expect(seqs[1]).toBe((seqs[0] ?? 0) + 1)
    expect(told).toEqual(seqs)
    expect(backend().database.lastCommand().seq).toBe(seqs[1])
    expect(await seenByOthers()).toBe(before + 2)
    expect(count("select count(*) from search_doc where record_id in ('g1', 'g2')")).toBe(2)
    const indexed = () => count(`select count(*) from search_index where search_index match 'name : "组 中"'`)
    const found = async () => (await office.as(office.admin).search.records({ text: '组中' })).hits.length
    // The full-text index follows in a transaction of its own; a search does not wait for it.
    expect(await found()).toBe(2)
    for (let tries = 0; tries < 400 && indexed() < 2; tries++) await new Promise((resolve) => setTimeout(resolve, 10))
    expect([indexed(), await found()]).toEqual([2, 2])
    expect(verifyChain(backend().database.raw).faults).toEqual([])
  })

  it('go back together when one of them fails, and nobody is told', async () => {
    const before = await seenByOthers()
    const last = count('select max(seq) from command')
    const told: number[] = []
    const stop = backend().bus.listen(({ seq }) => told.push(seq))
    const failing = inGroup(backend(), async (group) => {
      await make(group, 'g1')
      await make(group, 'g1')
    })
    await expect(failing).rejects.toThrow(/UNIQUE/)
    stop()
    expect(told).toEqual([])
    expect(await seenByOthers()).toBe(before)
    expect(count('select max(seq) from command')).toBe(last)
    expect(count('select count(*) from current_command where seq is not null')).toBe(0)
    expect(count("select count(*) from search_doc where record_id = 'g1'")).toBe(0)
    expect(count('select count(*) from search_pending')).toBe(0)
    // The level of durability is everybody's again.
    expect(backend().database.raw.pragma('synchronous', { simple: true })).toBe(2)
  })

  it('end as soon as somebody else wants to write', async () => {
    const admin = office.as(office.admin)
    let others: Promise<unknown> = Promise.resolve()
    const went: boolean[] = []
    await inGroup(backend(), async (group) => {
      await make(group, 'g1')
      went.push(await group.mayGoOn())
      others = admin.customers.create({ name: '别人要写' })
      // Until the call stands in line; it is checked and its rights are looked up first.
      for (let turn = 0; turn < 1000 && !backend().database.isAwaited(); turn++) await setImmediate()
      went.push(await group.mayGoOn())
    })
    expect(went).toEqual([true, false])
    await others
    expect(count("select count(*) from customer where name = '别人要写'")).toBe(1)
    expect(verifyChain(backend().database.raw).faults).toEqual([])
  })
})
