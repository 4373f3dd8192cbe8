// A landline that lacks a digit is left out and told with what it lacks; its row comes in.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { problemText } from '../../src-shared/features/imports/text.ts'
import { clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { administrator } from '../support/factories.ts'
import { csvFile, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
})
afterAll(() => backend.dispose())

it('a landline that is too short is told and costs the row nothing else', async () => {
  const client = clientAs(backend.backend, { ...administrator(backend), origin: 'http' })
  const file = csvFile([
    ['客户名称', '电话'],
    ['苏州短号纺织有限公司', '0512-1234567转801'],
    ['苏州乱号纺织有限公司', '138051266211转801'],
  ])
  const { id } = await client.imports.upload({ entity: 'customer', file: new File([readFileSync(file)], 'short.csv') })
  await client.imports.prepare({ id })
  await settled(client, id)
  const { rows } = await client.imports.check({ id, filter: 'all', offset: 0, limit: 10 })
  const told = rows.flatMap(({ problems }) => problems.map(({ level, code, detail }) => [level, code, detail]))
  expect(told).toEqual([
    ['warning', 'phone.landline', '0512-1234567转801|0512|8|1'],
    ['error', 'phone.invalid', '12'],
  ])
  expect(problemText('zh-CN', { code: 'phone.landline', detail: told[0]?.[2] })).toBe(
    '0512 的座机应为 8 位，少 1 位，「0512-1234567转801」没有导入',
  )
  await client.imports.run({ id })
  await settled(client, id)
  expect(rowsOf(backend, 'select name, phone from customer')).toEqual([{ name: '苏州短号纺织有限公司', phone: null }])
})
