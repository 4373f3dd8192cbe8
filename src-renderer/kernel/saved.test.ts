import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { expect, it } from 'vitest'
import { allSaved } from './saved.ts'

function call(cache: QueryClient, then?: () => void) {
  let answer!: { take: () => void; refuse: () => void }
  const asked = new Promise<void>((take, refuse) => (answer = { take, refuse: () => refuse(new Error('no')) }))
  const observer = new MutationObserver(cache, { mutationFn: () => asked })
  observer.subscribe(() => undefined)
  observer.mutate(undefined, then ? { onSuccess: then } : {}).catch(() => undefined)
  return answer
}
const later = () => new Promise((go) => setTimeout(go, 5))

it('goes on at once where nothing is on its way', async () => {
  expect(await allSaved(new QueryClient())).toBe(true)
})

it('waits for all, and for what an answer begins', async () => {
  const cache = new QueryClient()
  let second: ReturnType<typeof call> | undefined
  const first = call(cache, () => (second = call(cache)))
  let taken: boolean | undefined
  void allSaved(cache).then((all) => (taken = all))
  await later()
  expect(taken).toBe(undefined)
  first.take()
  await later()
  expect(second).toBeDefined()
  expect(taken).toBe(undefined)
  second?.take()
  await later()
  expect(taken).toBe(true)
})

it('says when one was refused', async () => {
  const cache = new QueryClient()
  const [one, other] = [call(cache), call(cache)]
  const all = allSaved(cache)
  one.refuse()
  await later()
  other.take()
  expect(await all).toBe(false)
})
