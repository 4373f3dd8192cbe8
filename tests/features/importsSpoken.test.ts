// What a sheet of customers says of the last follow-up: when and by whom is as the file has it, or is told; it is never made up.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { addPerson, administrator } from '../support/factories.ts'
import { bring, csvFile, rowsOf } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
  await addPerson(backend, { name: '陈思远', roles: ['sales'] })
})
afterAll(() => backend.dispose())

const HEAD = ['客户名称', '创建时间', '跟进记录', '跟进时间', '记录人']
const spoken = (name: string) =>
  rowsOf(
    backend,
    `select f.text, f.happened_at as at, c.last_follow_up_at as last, e.name as author from customer c
     left join follow_up f on f.customer_id = c.id left join employee e on e.id = f.author_id where c.name like '${name}%'`,
  )

describe('the follow-up in a row of a customer', () => {
  it('whose time nobody can read is refused, and does not count as of today', async () => {
    const done = await bring(
      backend,
      admin,
      csvFile([
        HEAD,
        ['绍兴远山纺织有限公司', '', '问了报价', '去年底', '陈思远'],
        ['绍兴近水纺织有限公司', '', '', '去年底', '陈思远'],
        ['绍兴平湖纺织有限公司', '', '寄了样品', '1月1日', '陈思远'],
      ]),
    )
    expect(done).toMatchObject({ created: 2, failed: 1 })
    expect(spoken('绍兴远山')).toEqual([])
    expect(spoken('绍兴近水')).toEqual([{ text: null, at: null, last: null, author: null }])
    const [read] = spoken('绍兴平湖') as [{ at: string; last: string }]
    expect(read.at).toMatch(/^20\d\d-01-01T01:00:00.000Z$/)
    expect(read.last).toBe(read.at)
  })

  it('without a time is as old as its customer where the file tells that', async () => {
    await bring(backend, admin, csvFile([HEAD, ['苏州有年纺织有限公司', '2024-05-06', '看了车间', '', '陈思远']]))
    expect(spoken('苏州有年')).toEqual([
      { text: '看了车间', at: '2024-05-06T01:00:00.000Z', last: '2024-05-06T01:00:00.000Z', author: '陈思远' },
    ])
  })

  it('keeps the name of an author who is no colleague', async () => {
    const rows = csvFile([HEAD, ['无锡老友纺织有限公司', '', '谈了账期', '2026-01-05', '老吴']])
    expect(await bring(backend, admin, rows)).toMatchObject({ created: 1 })
    expect(spoken('无锡老友')).toMatchObject([{ text: '谈了账期（原作者：老吴）', author: null }])
    const history = csvFile([
      ['客户名称', '跟进内容', '跟进时间', '跟进人'],
      ['无锡老友纺织有限公司', '又谈了账期', '2026-01-06', '老周'],
    ])
    expect(await bring(backend, admin, history, { entity: 'followUp' })).toMatchObject({ created: 1 })
    expect(await bring(backend, admin, history, { entity: 'followUp' })).toMatchObject({ created: 0, skipped: 1 })
    expect(spoken('无锡老友').map(({ text }) => text)).toContain('又谈了账期（原作者：老周）')
  })

  it('in a list of follow-ups is refused by its time, too', async () => {
    const history = csvFile([
      ['客户名称', '跟进内容', '跟进时间'],
      ['苏州有年纺织有限公司', '不知何时', '上个月'],
    ])
    expect(await bring(backend, admin, history, { entity: 'followUp' })).toMatchObject({ created: 0, failed: 1 })
  })
})
