import { expect, it, vi } from 'vitest'
import type { Conflict } from '../../src-shared/kernel/conflict.ts'
import { askOnConflict, currentConflict, settled } from './conflict.ts'

const conflict: Conflict = {
  version: 7,
  names: {},
  fields: (['name', 'cf_1'] as const).map((field) => ({
    field,
    type: 'text' as const,
    original: 'a',
    current: 'b',
    mine: 'c',
    by: '李娜',
    at: '2026-11-19T02:00:00.000Z',
  })),
}
const stale = { code: 'STALE', data: { entity: 'customer', id: '1', conflict } }
const input = { id: '1', version: 3, values: { name: 'c', city: 'x', custom: { cf_1: 'c', cf_2: 'd' } } }

it('leaves to the colleague what was not chosen, and keeps what nobody else touched', () => {
  expect(settled(input, conflict, ['name'])).toEqual({
    id: '1',
    version: 7,
    values: { name: 'c', city: 'x', custom: { cf_2: 'd' } },
  })
  expect(settled(input, conflict, [])).toEqual({ id: '1', version: 7, values: { city: 'x', custom: { cf_2: 'd' } } })
})

it('asks, and sends again over what stands now; who gives up gets the answer of the host', async () => {
  const next = vi.fn().mockRejectedValueOnce(stale).mockResolvedValueOnce('saved')
  const options = { path: ['customers', 'edit'], input: input as unknown, next }
  const answer = askOnConflict(options as never)
  await vi.waitFor(() => expect(currentConflict()).toMatchObject({ feature: 'customers', version: 7, hasMore: true }))
  currentConflict()?.answer(['name', 'cf_1'])
  expect(await answer).toBe('saved')
  expect(next.mock.calls[1]?.[0]).toMatchObject({ input: { version: 7, values: { name: 'c', custom: { cf_1: 'c' } } } })
  expect(currentConflict()).toBeNull()

  // Nothing but what is in conflict: to leave it and to give up are one.
  const only = { ...input, values: { name: 'c', custom: { cf_1: 'c' } } }
  const refused = askOnConflict({ ...options, input: only, next: () => Promise.reject(stale) } as never)
  await vi.waitFor(() => expect(currentConflict()).toMatchObject({ hasMore: false }))
  currentConflict()?.answer(null)
  await expect(refused).rejects.toBe(stale)
})

it('lets pass what is no edit of fields, and what is told without them', async () => {
  await expect(
    askOnConflict({ path: ['merges', 'merge'], input: { survivorId: '1' }, next: () => Promise.reject(stale) } as never),
  ).rejects.toBe(stale)
  const plain = { code: 'STALE', data: { entity: 'customer', id: '1' } }
  await expect(askOnConflict({ path: ['people', 'editRole'], input, next: () => Promise.reject(plain) } as never)).rejects.toBe(
    plain,
  )
})
