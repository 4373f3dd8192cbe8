// A list of tags: the same tag under another spelling is one, and only who manages tags imports them.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { undoImport } from '../../src-main/features/imports/public.ts'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { clientAs, startBackend, type TestBackend } from '../support/backend.ts'
import { administrator, bySystem } from '../support/factories.ts'
import { bring, csvFile, digestOf, rowsOf, settled } from './importFixtures.ts'

let backend: TestBackend
let admin: Actor
beforeAll(async () => {
  backend = await startBackend()
  await backend.start()
  admin = administrator(backend)
})
afterAll(() => backend.dispose())

const tags = () => rowsOf(backend, 'select name, tone from tag order by name_key')
const bringTags = (rows: readonly (readonly string[])[], options: Parameters<typeof bring>[3] = {}) =>
  bring(backend, admin, csvFile(rows), { entity: 'tag', ...options })

it('makes tags with their colours, each once', async () => {
  const done = await bringTags([
    ['标签名称', '颜色'],
    ['重点', '红色'],
    ['VIP', '橙'],
    ['vip', ''],
    ['', '红色'],
    ['老客户', ''],
  ])
  expect(done).toMatchObject({ rowsRead: 5, created: 3, skipped: 1, failed: 1 })
  expect(tags()).toEqual([
    { name: 'VIP', tone: 'lamp' },
    { name: '老客户', tone: 'ink' },
    { name: '重点', tone: 'bad' },
  ])
})

it('changes a colour only where asked to update, and takes it back', async () => {
  const rows = [
    ['标签名称', '颜色'],
    ['Vip', '蓝'],
    ['展会', '绿色'],
  ]
  const before = digestOf(backend)
  expect(await bringTags([rows[0] ?? [], rows[1] ?? []])).toMatchObject({ created: 0, updated: 0, skipped: 1 })
  const { importId, ...done } = await bringTags(rows, { onDuplicate: 'update' })
  expect(done).toMatchObject({ created: 1, updated: 1 })
  expect(tags()).toContainEqual({ name: 'VIP', tone: 'info' })
  expect((await undoImport(backend.backend, admin, importId)).records).toMatchObject({ reversed: 2, kept: 0 })
  expect(digestOf(backend)).toBe(before)
})

it('leaves out a tag that somebody has deleted since the check', async () => {
  const client = clientAs(backend.backend, { ...admin, origin: 'http' })
  await bringTags([['标签名称'], ['要删的']])
  const { id } = await client.imports.upload({
    entity: 'tag',
    file: new File(['标签名称,颜色\n要删的,绿\n新来的,红\n'], 'tags.csv'),
  })
  await client.imports.setOptions({ id, options: { onDuplicate: 'update' } })
  await client.imports.prepare({ id })
  expect((await settled(client, id)).plan).toMatchObject({ create: 1, update: 1 })
  await bySystem(backend, ({ tx }) => tx.deleteFrom('tag').where('name', '=', '要删的').execute())
  await client.imports.run({ id })
  expect(await settled(client, id)).toMatchObject({ state: 'done', counts: { created: 1, updated: 0, skipped: 1 } })
  expect(tags()).toContainEqual({ name: '新来的', tone: 'bad' })
})

it('is for who manages tags', async () => {
  const { 'tags.manage': _gone, ...permissions } = admin.permissions
  await expect(bring(backend, { ...admin, permissions }, csvFile([['标签'], ['某']]), { entity: 'tag' })).rejects.toMatchObject({
    needs: 'tags.manage',
  })
})
