/** The files of a new slice, as small as a slice can be that still shows every part. */
export function sliceFiles(names) {
  const { feature, many, Many, one, table, migration } = names
  return {
    [`migrations/${migration}.ts`]: `import { type Kysely, sql } from 'kysely'

/** Say here why the table is as it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql\`create table ${table} (
    id text primary key not null, name text not null,
    created_at text not null, updated_at text not null, version integer not null default 1) strict\`.execute(db)
}
`,
    [`src-shared/features/${feature}/model.ts`]: model(names),
    [`src-shared/features/${feature}/contract.ts`]: contract(names),
    [`src-shared/features/${feature}/text.ts`]: text(names),
    [`src-main/features/${feature}/store.ts`]: store(names),
    [`src-main/features/${feature}/handlers.ts`]: handlers(names),
    [`src-renderer/features/${feature}/text.ts`]: `export const text = {
  'zh-CN': { title: '${names.words}' },
  'en-US': { title: '${Many}' },
} as const
`,
    [`src-renderer/features/${feature}/${Many}Page.tsx`]: `import { useQuery } from '@tanstack/react-query'
import { Flex, List, Typography } from 'antd'
import { useApi } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

export function ${Many}Page() {
  const t = useText(text)
  const api = useApi()
  const ${many} = useQuery(api.${many}.list.queryOptions({ input: {} }))
  return (
    <Flex vertical gap="middle">
      <Typography.Title level={3}>{t('title')}</Typography.Title>
      <List loading={${many}.isPending} dataSource={${many}.data ?? []} rowKey="id" renderItem={(${one}) => <List.Item>{${one}.name}</List.Item>} />
    </Flex>
  )
}
`,
    [`tests/features/${feature}.test.ts`]: test(names),
  }
}

const model = ({ one, One, wordsOne }) => `import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'

export const ${One}Id = idOf<'${one}'>()
export type ${One}Id = z.infer<typeof ${One}Id>
/** Say here what a ${wordsOne} is. */
export const ${One} = z.strictObject({ id: ${One}Id, name: z.string(), version: z.number().int() })
export type ${One} = z.infer<typeof ${One}>
`

const contract = ({ many, one, One }) => `import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { ${One}, ${One}Id } from './model.ts'

const Name = z.string().trim().min(1, 'required').max(200)

export const ${many}Contract = {
  list: query('${many}.read', ['${one}']).input(z.strictObject({})).output(z.array(${One})),
  create: command('${many}.write', NO_REFUSALS).input(z.strictObject({ name: Name })).output(${One}),
  edit: command('${many}.write', NO_REFUSALS)
    .input(z.strictObject({ id: ${One}Id, version: z.number().int(), name: Name }))
    .output(${One}),
}
`

const text = ({ one, words, wordsOne }) => `/** Words of ${words}. */
export const text = {
  'zh-CN': { 'entity.${one}': '${wordsOne}', 'fields.name': '名称', 'actions.created': '新建', 'actions.edited': '修改', 'actions.undone': '撤销', 'actions.redone': '重做' },
  'en-US': { 'entity.${one}': '${wordsOne}', 'fields.name': 'Name', 'actions.created': 'Created', 'actions.edited': 'Edited', 'actions.undone': 'Undid', 'actions.redone': 'Redid' },
} as const
`

const store = ({ feature, Many, one, One }) => `import type { ${One} } from '../../../src-shared/features/${feature}/model.ts'
import type { ReadDb, WriteTx } from '../../kernel/database.ts'
import { NotFound } from '../../kernel/errors.ts'

const columns = ['id', 'name', 'version'] as const

export const list${Many} = async (db: ReadDb): Promise<${One}[]> =>
  (await db.selectFrom('${one}').select(columns).orderBy('name').orderBy('id').execute()) as ${One}[]

export async function get${One}(tx: WriteTx, id: string): Promise<${One}> {
  const ${one} = await tx.selectFrom('${one}').select(columns).where('id', '=', id).executeTakeFirst()
  if (!${one}) throw new NotFound('${one}', id)
  return ${one} as ${One}
}

export async function insert${One}(tx: WriteTx, ${one}: { id: string; name: string; at: string }): Promise<void> {
  const { id, name, at } = ${one}
  await tx.insertInto('${one}').values({ id, name, createdAt: at, updatedAt: at, version: 1 }).execute()
}

export async function rename${One}(tx: WriteTx, id: string, change: { name: string; at: string }): Promise<void> {
  await tx
    .updateTable('${one}')
    .set((eb) => ({ name: change.name, updatedAt: change.at, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
}
`

const handlers = ({ many, Many, one, One }) => `import { Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'
import { get${One}, insert${One}, list${Many}, rename${One} } from './store.ts'

export const ${many}Handlers = {
  list: onQuery.${many}.list.handler(({ context }) => list${Many}(context.db)),

  create: onCommand.${many}.create.handler(async ({ input, context }) => {
    const id = context.newId()
    await insert${One}(context.tx, { id, name: input.name, at: context.now() })
    context.record({ entity: '${one}', id, action: 'created' })
    return get${One}(context.tx, id)
  }),

  edit: onCommand.${many}.edit.handler(async ({ input, context }) => {
    const ${one} = await get${One}(context.tx, input.id)
    if (${one}.version !== input.version) throw new Stale('${one}', ${one}.id)
    await rename${One}(context.tx, ${one}.id, { name: input.name, at: context.now() })
    context.record({ entity: '${one}', id: ${one}.id, action: 'edited' })
    return get${One}(context.tx, ${one}.id)
  }),
}
`

const test = ({ many, one, wordsOne }) => `import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Actor } from '../../src-shared/kernel/actor.ts'
import { startBackend, type TestBackend } from '../support/backend.ts'
import { transports } from '../support/transports.ts'

const may = (...permissions: ('${many}.read' | '${many}.write')[]): Actor => ({
  userId: 'u1',
  employeeId: null,
  name: 'test',
  origin: 'http',
  permissions: Object.fromEntries(permissions.map((permission) => [permission, 'all' as const])),
  fieldRights: {},
  owners: { own: [], department: [], below: [] },
})

let running: TestBackend
beforeEach(async () => {
  running = await startBackend()
})
afterEach(() => running.dispose())

describe.each(Object.entries(transports))('${many} over %s', (_wire, connect) => {
  it('a ${wordsOne} is created, renamed and listed', async () => {
    const { client, close } = await connect(running, may('${many}.read', '${many}.write'))
    const ${one} = await client.${many}.create({ name: 'first' })
    await client.${many}.edit({ id: ${one}.id, version: ${one}.version, name: 'second' })
    expect(await client.${many}.list({})).toEqual([{ id: ${one}.id, name: 'second', version: 2 }])
    await close()
  })

  it('somebody who saw an older version is told so', async () => {
    const { client, close } = await connect(running, may('${many}.read', '${many}.write'))
    const ${one} = await client.${many}.create({ name: 'first' })
    await client.${many}.edit({ id: ${one}.id, version: 1, name: 'second' })
    await expect(client.${many}.edit({ id: ${one}.id, version: 1, name: 'third' })).rejects.toMatchObject({ code: 'STALE' })
    await close()
  })

  it('reading is not writing', async () => {
    const { client, close } = await connect(running, may('${many}.read'))
    await expect(client.${many}.create({ name: 'x' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await close()
  })
})
`
