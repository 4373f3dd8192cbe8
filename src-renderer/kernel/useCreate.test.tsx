import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, useEffect } from 'react'
import { createRoot } from 'react-dom/client'
import { beforeEach, expect, it, vi } from 'vitest'
import { useCreate } from './useCreate.ts'

type Answer = { resolve: (value: string) => void; reject: (error: Error) => void; key: string | undefined }
const sent: Answer[] = []
let create: (input: string) => Promise<boolean>

function Form() {
  const form = useCreate<string, string>((context) => ({
    mutationFn: () => new Promise<string>((resolve, reject) => void sent.push({ resolve, reject, key: context.idempotencyKey })),
  }))
  useEffect(() => {
    create = form.create
  })
  return null
}

beforeEach(async () => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  sent.length = 0
  const root = createRoot(document.createElement('div'))
  await act(async () =>
    root.render(
      <QueryClientProvider client={new QueryClient()}>
        <Form />
      </QueryClientProvider>,
    ),
  )
})

it('the second of two presses in one go does nothing', async () => {
  await act(async () => {
    const [first, second] = [create('一'), create('一')]
    expect(await second).toBe(false)
    sent[0]?.resolve('made')
    expect(await first).toBe(true)
  })
  expect(sent).toHaveLength(1)
})

it('a form that failed tries again under its key; what is made next has another', async () => {
  await act(async () => {
    const failed = create('一')
    await vi.waitFor(() => expect(sent).toHaveLength(1))
    sent[0]?.reject(new Error('away'))
    expect(await failed).toBe(false)
    const again = create('一')
    await vi.waitFor(() => expect(sent).toHaveLength(2))
    sent[1]?.resolve('made')
    await again
    void create('二')
    await vi.waitFor(() => expect(sent).toHaveLength(3))
  })
  const [first, second, third] = sent.map(({ key }) => key)
  expect(first).toMatch(/^[0-9A-Z]{26}$/)
  expect(second).toBe(first)
  expect(third).not.toBe(first)
})
