// Where a sheet names contacts, the number of a row without a name is the firm's.
import { beforeAll, afterAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { administrator } from '../support/factories.ts'
import { bring, csvFile, rowsOf } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = { ...administrator(backend), origin: 'http' }
})
afterAll(() => backend.dispose())

const HEADER = ['公司', '联系人', '手机']
const of = (name: string) => ({
  firm: rowsOf(backend, `select phone, phone2 from customer where name = '${name}'`),
  people: rowsOf(
    backend,
    `select t.name, t.phone from contact t join customer c on c.id = t.customer_id where c.name = '${name}' order by t.name`,
  ),
})

describe('a number beside an empty name', () => {
  const name = '湖州长兴电源有限公司'
  it('is the number of a new firm, and the same file changes nothing a second time', async () => {
    const file = [HEADER, [name, '', '0572-6012345']]
    expect(await bring(backend, admin, csvFile(file))).toMatchObject({ created: 1 })
    expect(of(name)).toEqual({ firm: [{ phone: '+865726012345', phone2: null }], people: [] })
    for (const onDuplicate of ['fill', 'update'] as const)
      expect(await bring(backend, admin, csvFile(file), { onDuplicate })).toMatchObject({ created: 0, updated: 0, skipped: 1 })
    expect(of(name).people).toEqual([])
  })

  it('fills an empty number of a firm that is there, and takes no other’s place', async () => {
    const bare = '嘉善木业有限公司'
    const header = ['公司', '税号', '联系人', '手机']
    const code = '91330421MA28ABCD1X'
    await bring(backend, admin, csvFile([header, [bare, code, '', '']]))
    await bring(backend, admin, csvFile([header, [bare, code, '', '13800010041']]))
    expect(of(bare)).toEqual({ firm: [{ phone: '+8613800010041', phone2: null }], people: [] })
    await bring(backend, admin, csvFile([header, [bare, code, '', '13800010042']]), { onDuplicate: 'update' })
    expect(of(bare)).toEqual({
      firm: [{ phone: '+8613800010041', phone2: null }],
      people: [{ name: '联系人', phone: '+8613800010042' }],
    })
  })

  it('stays a contact where the firm’s numbers are not for the importing user to write', async () => {
    const closed = '桐乡毛衫有限公司'
    const limited: Actor = { ...admin, fieldRights: { 'customer.phone': 'masked' } }
    await bring(backend, limited, csvFile([HEADER, [closed, '', '13800010051']]))
    expect(of(closed)).toEqual({ firm: [{ phone: null, phone2: null }], people: [{ name: '联系人', phone: '+8613800010051' }] })
  })

  it('stays a contact where the sheet names no contacts at all', async () => {
    const silent = '平湖箱包有限公司'
    await bring(
      backend,
      admin,
      csvFile([
        ['公司', '联系人手机'],
        [silent, '13800010061'],
      ]),
    )
    expect(of(silent)).toEqual({ firm: [{ phone: null, phone2: null }], people: [{ name: '联系人', phone: '+8613800010061' }] })
  })
})
