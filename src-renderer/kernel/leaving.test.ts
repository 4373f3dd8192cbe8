import { expect, it, vi } from 'vitest'
import { holdWhileLeaving, setLeaving } from './leaving.ts'

const soon = () => new Promise((go) => setTimeout(go))

it('holds what is asked while somebody signs out, except about the session; it goes on when he stays', async () => {
  const next = vi.fn(async () => 'rows')
  setLeaving(true)
  const held = holdWhileLeaving({ path: ['customers', 'list'], next })
  expect(await holdWhileLeaving({ path: ['session', 'logout'], next: async () => 'out' })).toBe('out')
  await soon()
  expect(next).not.toHaveBeenCalled()
  setLeaving(false)
  expect(await held).toBe('rows')
})

it('never asks what was given up meanwhile', async () => {
  const next = vi.fn(async () => 'rows')
  const stop = new AbortController()
  setLeaving(true)
  const held = holdWhileLeaving({ path: ['customers', 'list'], signal: stop.signal, next })
  stop.abort()
  await expect(held).rejects.toThrow('aborted')
  setLeaving(false)
  await soon()
  expect(next).not.toHaveBeenCalled()
})
