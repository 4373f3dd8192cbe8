import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { record } from './fakeElectron.ts'

vi.mock('electron', () => import('./fakeElectron.ts'))

type Listener = (event: { source: unknown; data: unknown; ports: unknown[] }) => void
const listeners: Listener[] = []
const page = { addEventListener: (_name: string, listener: Listener) => void listeners.push(listener) }

beforeAll(async () => {
  vi.stubGlobal('window', page)
  await import('../../src-main/electron/preload.ts')
})
afterEach(() => void (record.posted.length = 0))

const say = (data: unknown, ports: unknown[], source: unknown = page) => {
  for (const listener of listeners) listener({ source, data, ports })
}

describe('the preload script', () => {
  it('passes on one port under a known name, and nothing of the message', () => {
    say('kezhan:port', ['port'])
    say('kezhan:shell', ['port'])
    expect(record.posted).toEqual([
      ['kezhan:port', null, ['port']],
      ['kezhan:shell', null, ['port']],
    ])
  })

  it('ignores everything else', () => {
    say('kezhan:port', [])
    say('kezhan:port', ['a', 'b'])
    say('kezhan:port', ['port'], { other: 'frame' })
    say('ELECTRON_BROWSER_REQUIRE', ['port'])
    say({ channel: 'kezhan:port' }, ['port'])
    say(null, ['port'])
    expect(record.posted).toEqual([])
  })

  it('puts nothing on the page', () => {
    expect(Object.keys(page)).toEqual(['addEventListener'])
    expect(listeners).toHaveLength(1)
  })
})
