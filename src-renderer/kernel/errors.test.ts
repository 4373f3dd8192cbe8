import { QueryObserver } from '@tanstack/react-query'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createQueryClient, failureText } from './errors.ts'
import { startText } from './text.ts'
import { toast } from './toast.tsx'

vi.mock('./toast.tsx', () => ({ toast: vi.fn() }))
startText('zh-CN')

const away = new TypeError('fetch failed')
const broken = { code: 'INTERNAL_SERVER_ERROR', data: { incident: 'A1' } }

describe('what a failed call says', () => {
  it('speaks of something not saved only to who was saving', () => {
    for (const error of [away, broken, { code: 'FORBIDDEN' }, { code: 'BAD_REQUEST', data: {} }]) {
      expect(failureText(error, 'customers', 'load')).not.toMatch(/没有存上|修改|什么都没有改/)
      expect(failureText(error, 'customers', 'save')).toMatch(/没有存上|什么都没有改/)
    }
    expect(failureText(broken, 'customers', 'load')).toContain('A1')
  })
})

it('words that are too many are told how many may be', () => {
  const issues = [{ path: ['values', 'city'], message: 'Too big: expected string to have <=100 characters' }]
  expect(failureText({ code: 'BAD_REQUEST', data: { issues } }, 'customers')).toBe('太长，最多 100 个字')
})

describe('a refetch that fails', () => {
  const refetch = async (error: unknown) => {
    const client = createQueryClient(() => {})
    client.setDefaultOptions({ queries: { retry: false } })
    let fails = false
    const key = [['customers', 'count']]
    const ask = async () => {
      if (fails) throw error
      return 1
    }
    await client.fetchQuery({ queryKey: key, queryFn: ask })
    fails = true
    await new QueryObserver(client, { queryKey: key, queryFn: ask, enabled: false }).refetch()
    client.clear()
  }
  beforeEach(() => vi.mocked(toast).mockClear())

  it('is the banner alone while the host is away', async () => {
    await refetch(away)
    expect(toast).not.toHaveBeenCalled()
  })
  it('is told when the host itself failed, as a load', async () => {
    await refetch(broken)
    expect(toast).toHaveBeenCalledOnce()
    expect(vi.mocked(toast).mock.calls[0]?.[0]).toBe(failureText(broken, 'customers', 'load'))
  })
})
