import { ORPCError } from '@orpc/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ApiClient } from './api.ts'
import { startText } from './text.ts'
import { toast } from './toast.tsx'
import { takeRedo, takeUndo } from './undo.ts'
import { runningWork } from './work.ts'
import { createUndo, redoSentence, undoSentence } from './undoCommand.ts'
import { unfinished } from './unfinishedUndo.ts'

vi.mock('./toast.tsx', () => ({ toast: vi.fn() }))
startText('zh-CN')

const addEventListener = vi.fn()
const removeEventListener = vi.fn()
const kept = new Map<string, string>()
beforeEach(() => {
  vi.stubGlobal('window', { addEventListener, removeEventListener })
  kept.clear()
  const sessionStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  }
  vi.stubGlobal('sessionStorage', sessionStorage)
  vi.stubGlobal('localStorage', sessionStorage)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.clearAllMocks()
})

const forgetAll = () => {
  while (takeUndo() ?? takeRedo());
}
const part = (reversed: number, remaining: number) => ({
  reversed,
  kept: 0,
  failed: 0,
  because: {},
  remaining,
  seq: null,
  batchId: 'B',
  details: [],
  records: null,
})
const clientOf = (undoBatch: (asked: { batchId: string }) => Promise<unknown>, commands: number) =>
  ({ history: { undoBatch, batch: async () => ({ commands, rows: 500, records: null }) } }) as unknown as ApiClient

it('takes a batch back part by part, and keeps the window open meanwhile', async () => {
  const undoBatch = vi.fn().mockResolvedValueOnce(part(300, 1)).mockResolvedValueOnce(part(200, 0))
  await createUndo(clientOf(undoBatch, 2)).nowBatch('导入', 'B')
  expect(undoBatch).toHaveBeenCalledTimes(2)
  expect(vi.mocked(toast).mock.calls[0]?.[0]).toContain('500')
  expect(addEventListener.mock.calls.map(([name]) => name)).toEqual(['beforeunload'])
  expect(removeEventListener.mock.calls.map(([name]) => name)).toEqual(['beforeunload'])
})

it('of a step that nobody has just been told of says what it was, and of customers taken apart that they are one again', async () => {
  const undo = vi.fn().mockResolvedValue({ ...part(2, 0), seq: 9, batchId: null })
  const client = { history: { undo } } as unknown as ApiClient
  await createUndo(client).nowNamed('取消合并「甲」', { seq: 8, batchId: null, procedure: 'merges.unmerge' }, false)
  expect(undo).toHaveBeenCalledWith({ seq: 8 })
  expect(vi.mocked(toast).mock.calls[0]?.[0]).toBe('取消合并「甲」：已撤回 2 条；又合并成一个客户')
})

it('that was left in between is brought to its end by the page that comes after, once', async () => {
  const left = vi.fn().mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await createUndo(clientOf(left, 2)).nowBatch('批量修改', 'B')
  const undoBatch = vi.fn().mockResolvedValueOnce(part(200, 0))
  const again = createUndo(clientOf(undoBatch, 2))
  await again.goOn()
  expect(undoBatch.mock.calls.map(([asked]) => asked.batchId)).toEqual(['B'])
  await again.goOn()
  expect(undoBatch).toHaveBeenCalledTimes(1)
})

it('that a closed tab left is brought to its end by another, and the whole of it is said', async () => {
  const left = vi.fn().mockResolvedValueOnce(part(300, 1)).mockRejectedValueOnce(new TypeError('Failed to fetch'))
  await createUndo(clientOf(left, 2)).nowBatch('批量修改', 'B')
  vi.mocked(toast).mockClear()
  // Another tab; the first has said nothing for long.
  kept.delete('kezhan.tab')
  kept.set('kezhan.undoing', JSON.stringify({ ...JSON.parse(kept.get('kezhan.undoing') ?? ''), at: 0 }))
  const undoBatch = vi.fn().mockResolvedValueOnce(part(200, 0))
  await createUndo(clientOf(undoBatch, 2)).goOn()
  expect(undoBatch).toHaveBeenCalledTimes(1)
  expect(vi.mocked(toast).mock.calls[0]?.[0]).toContain('500')
})

it('that another tab is at is left to it', async () => {
  kept.set('kezhan.undoing', JSON.stringify({ batchId: 'B', what: '批量修改', isRedo: false, tab: 'other', at: Date.now() }))
  const slept = vi.fn(async () => void kept.delete('kezhan.undoing'))
  expect(await unfinished(slept)).toBeNull()
  expect(slept).toHaveBeenCalledTimes(1)
})

it('that the host refused is not asked for again', async () => {
  const refused = vi.fn().mockRejectedValueOnce(new ORPCError('FORBIDDEN'))
  await createUndo(clientOf(refused, 2)).nowBatch('批量修改', 'B')
  await createUndo(clientOf(refused, 2)).goOn()
  expect(refused).toHaveBeenCalledTimes(1)
})

it('of a few commands each is a part, and the figure moves with the rows of every kind until it is whole', async () => {
  const shown: (number | undefined)[] = []
  const answers = [
    { ...part(3, 2), records: { entity: 'employee', reversed: 1, kept: 0, failed: 0, because: {} } },
    { ...part(500, 1), records: { entity: 'opportunity', reversed: 500, kept: 0, failed: 0, because: {} } },
    { ...part(500, 0), records: { entity: 'customer', reversed: 500, kept: 0, failed: 0, because: {} } },
  ]
  const undoBatch = vi.fn(async (_asked: { batchId: string; most: number }) => {
    shown.push(runningWork()?.done)
    return answers.shift()
  })
  const client = { history: { undoBatch, batch: async () => ({ commands: 3, rows: 1003, records: 1000 }) } }
  await createUndo(client as unknown as ApiClient).nowBatch('交接', 'B')
  expect(undoBatch.mock.calls.map(([asked]) => asked.most)).toEqual([1, 1, 1])
  expect(shown).toEqual([0, 2, 501])
  expect(vi.mocked(toast).mock.calls[0]?.[0]).toBe('已撤回 500 个客户')
})

it('lets the window go when a part fails', async () => {
  const undoBatch = vi.fn().mockResolvedValueOnce(part(300, 1)).mockRejectedValueOnce({ code: 'FORBIDDEN' })
  await createUndo(clientOf(undoBatch, 2)).nowBatch('导入', 'B')
  expect(removeEventListener).toHaveBeenCalledOnce()
  expect(vi.mocked(toast).mock.calls[0]?.[1]).toEqual({ tone: 'bad' })
})

it('what took a batch back is done again, and taken back again, as the batch it is', async () => {
  forgetAll()
  const asked: string[] = []
  const undoBatch = vi.fn(async ({ batchId }: { batchId: string }) => {
    asked.push(batchId)
    return { ...part(3, 0), batchId: `undo of ${batchId}` }
  })
  await createUndo(clientOf(undoBatch, 1)).nowBatch('粘贴', 'B')
  await takeRedo()?.undo()
  await takeUndo()?.undo()
  await takeRedo()?.undo()
  expect(asked).toEqual(['B', 'undo of B', 'undo of undo of B', 'undo of undo of undo of B'])
  expect(takeUndo()).toBeDefined()
  expect(takeUndo()).toBeUndefined()
})

it('counts customers as the action did, with thousands apart', async () => {
  const records = (reversed: number, kept: number) => ({
    entity: 'customer',
    reversed,
    kept,
    failed: 0,
    because: kept > 0 ? { changedSince: kept } : {},
  })
  const undoBatch = vi
    .fn()
    .mockResolvedValueOnce({ ...part(4000, 1), records: records(2000, 0) })
    .mockResolvedValueOnce({ ...part(2809, 0), kept: 3, records: records(1364, 2) })
  const client = { history: { undoBatch, batch: async () => ({ commands: 34, rows: 6812, records: 3366 }) } }
  await createUndo(client as unknown as ApiClient).nowBatch('批量删除', 'B')
  expect(vi.mocked(toast).mock.calls[0]?.[0]).toBe('已撤回 3,364 个客户；2 个客户之后有人改过，保留现在的内容')
})

it('counts records and not rows of tables: one follow-up is one, whatever hangs on it', () => {
  const of = (entity: string) => ({
    reversed: 3,
    kept: 0,
    failed: 0,
    because: {},
    records: { entity, reversed: 1, kept: 0, failed: 0, because: {} },
  })
  expect(undoSentence(of('followUp'))).toBe('已撤回 1 条跟进')
  expect(undoSentence(of('contact'))).toBe('已撤回 1 个联系人')
  expect(undoSentence(of('role'))).toBe('已撤回 1 条')
  expect(undoSentence({ ...of('role'), records: null })).toBe('已撤回 3 条')
})

it('says why each stayed, in records, and what failed apart from it', () => {
  const none = { reversed: 0, kept: 0, failed: 0, because: {} }
  const customers = (counts: object) => ({
    ...none,
    kept: 5,
    because: { belongsToKept: 5 },
    records: { entity: 'customer', ...none, ...counts },
  })
  expect(undoSentence(customers({ kept: 1, because: { noRight: 1 } }))).toBe('已撤回 0 个客户；1 个客户您没有权限撤回，保持不变')
  expect(undoSentence(customers({ reversed: 2, kept: 3, because: { changedSince: 2, holdingFull: 1 }, failed: 4 }))).toBe(
    '已撤回 2 个客户；2 个客户之后有人改过，保留现在的内容；1 个客户没有还回去：负责人库容已满；4 条没能撤回',
  )
  expect(redoSentence(customers({ kept: 1, because: { dailyClaims: 1 } }))).toBe('1 个客户没有领回：今天的领取数已用完')
  expect(redoSentence({ ...none, reversed: 2, records: null })).toBe('已重做')
})

it('says of a claim that is taken back that it counts all the same, and of nothing else', async () => {
  const sum = { ...part(1, 0), seq: 9, batchId: null }
  const client = { history: { undo: async () => sum } } as unknown as ApiClient
  const said = async (procedure: string) => {
    await createUndo(client).now('领取', { seq: 8, procedure })
    return vi.mocked(toast).mock.lastCall?.[0]
  }
  expect(await said('pools.claim')).toBe('已撤回 1 条；这次领取仍计入当天的领取数')
  expect(await said('customers.edit')).toBe('已撤回 1 条')
  forgetAll()
})
