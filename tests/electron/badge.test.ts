import { expect, it, vi } from 'vitest'
import { FakePort, FakeWindow, record } from './fakeElectron.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))
const { serveShell } = await import('../../src-main/electron/shellCalls.ts')

it('shows a number on the icon; where a system has none, the window asks for a look when there is more', async () => {
  const window = new FakeWindow({})
  const port = new FakePort()
  serveShell(port as never, window.webContents as never, (error) => expect(error).toBe(undefined))
  const show = async (count: unknown) => {
    const answered = new Promise((resolve) => port.once('sent', resolve))
    port.emit('message', { data: { id: 1, call: 'badge', input: { count } } })
    await answered
    return port.sent.at(-1)
  }
  expect(await show(3)).toEqual({ id: 1, ok: true, value: true })
  expect([record.badges, record.flashes]).toEqual([[3], []])
  record.hasBadge = false
  for (const count of [5, 4, 0]) await show(count)
  expect([record.badges, record.flashes]).toEqual([
    [3, 5, 4, 0],
    [true, false, false],
  ])
  for (const count of [-1, 1.5, 1000, '3']) expect(await show(count)).toEqual({ id: 1, ok: false, why: 'badRequest' })
})
