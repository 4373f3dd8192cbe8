import type { Client } from './backend.ts'
import { fieldsOf } from './walkFields.ts'
import { gone, living, names, type Op, onOne, phone, raw, type Row, type Scene, some, type User } from './walkScene.ts'

/** Bytes as the road of bytes leaves them: a file without a record, of whoever brought it. */
export async function upload({ office, random }: Scene, { actor }: User): Promise<never> {
  const { backend } = office.running
  const id = backend.newId()
  const sha256 = String(random.below(1000)).padStart(64, '0')
  await backend.database.write
    .insertInto('fileUpload')
    .values({
      id,
      userId: actor.userId,
      name: `报价${random.below(99)}.pdf`,
      type: 'application/pdf',
      size: 1000,
      sha256,
      createdAt: backend.now(),
    })
    .execute()
  return id as never
}

async function addFile(scene: Scene, user: User): Promise<unknown> {
  const entity = scene.random.pick(['customer', 'followUp'] as const)
  const row = some(scene, entity === 'customer' ? 'customer' : 'follow_up')
  return row ? user.client.files.add({ entity, recordId: row.id, uploads: [await upload(scene, user)] }) : null
}

const NOBODY = { everyone: false, departments: [], roles: [], people: [] }
const definition = ({ random }: Scene) => ({
  filter: random.pick([
    null,
    { combinator: 'and' as const, rules: [{ field: 'level', operator: '=' as const, value: random.pick(['A', 'B']) }] },
  ]),
  sorts: [{ field: random.pick(['name', 'createdAt', 'city']), direction: random.pick(['asc', 'desc'] as const) }],
  layout: random.pick([null, { order: ['name', 'phone'], hidden: ['city'], widths: { name: 200 + random.below(100) } }]),
  density: random.pick([null, 'compact' as const]),
  sums: [],
})
const audience = ({ random, office }: Scene) =>
  random.pick([NOBODY, { ...NOBODY, everyone: true }, { ...NOBODY, people: [String(office.sales.employeeId)] }])

/** A block as one pastes it: words, wrong words and empty cells, over rows that are there and some that are new. */
function block(scene: Scene, entity: 'customer' | 'contact', own: readonly string[]) {
  const { random } = scene
  const added = fieldsOf(scene, entity)
    .filter(({ type }) => type !== 'formula' && random.chance(0.4))
    .map(({ key }) => key)
  const fields = [...own.filter(() => random.chance(0.7)), ...added]
  if (fields.length === 0) return null
  const cell = (field: string): string | null => {
    if (random.chance(0.1)) return null
    if (random.chance(0.1)) return ''
    return field === 'name'
      ? `${random.pick(names)}${random.below(100)}`
      : random.pick([phone(scene), '甲', 'A', '跟进中', '12', '是', 'a@b.cn', '2026-03-05'])
  }
  const cells = () => fields.map(cell)
  const found = Array.from({ length: 1 + random.below(6) }, () => some(scene, entity)).filter((row) => row !== null)
  const rows = [...new Map(found.map((row) => [String(row.id), row])).values()].map((row: Row) => ({ ...row, cells: cells() }))
  const news = entity === 'customer' && random.chance(0.3) ? [cells()] : []
  return { fields, rows, news }
}

const tagsBut = (scene: Scene, id: never): never[] =>
  [some(scene, 'tag', '1 = 1')?.id, some(scene, 'tag', '1 = 1')?.id].filter((one) => one !== undefined && one !== id) as never[]

/** What one member of a pair of customers is to another is told only after a search; here the search is what it found. */
async function notDuplicates(scene: Scene, { actor, client }: User): Promise<unknown> {
  const [one, other] = [some(scene, 'customer'), some(scene, 'customer')]
  if (!one || !other || one.id === other.id) return null
  const db = scene.office.running.backend.database.write
  const runId = scene.office.running.backend.newId()
  const at = scene.office.running.clock.now()
  await db
    .insertInto('duplicateRun')
    .values({ id: runId, userId: actor.userId, userName: actor.name, state: 'done', createdAt: at, finishedAt: at })
    .execute()
  await db.insertInto('duplicateGroup').values({ runId, n: 0, sure: 1, score: 1, because: '[]' }).execute()
  for (const { id } of [one, other]) await db.insertInto('duplicateMember').values({ runId, n: 0, customerId: id }).execute()
  return client.duplicates.notDuplicates({ runId: runId as never, n: 0, at: null })
}

async function setDay(scene: Scene, client: Client): Promise<unknown> {
  const { random } = scene
  const day = `2026-1${random.below(3)}-1${random.below(10)}` as never
  return client.calendar.setDay({ day, kind: random.pick(['holiday', 'workday']), name: random.pick([null, '放假']) })
}

/** Views, files, pins and answers, blocks of cells, tags made one, and the house's own settings. */
export const deskOps: readonly Op[] = [
  [
    'views.create',
    4,
    (scene, { client }) =>
      client.views.create({
        entity: 'customer',
        name: `视图${scene.random.below(40)}`,
        definition: definition(scene),
        audience: audience(scene),
      }),
  ],
  [
    'views.edit',
    4,
    onOne('list_view', '1 = 1', (scene, { client }, row) =>
      client.views.edit({ ...row, definition: definition(scene), audience: audience(scene) }),
    ),
  ],
  ['views.remove', 2, onOne('list_view', '1 = 1', (_scene, { client }, { id }) => client.views.remove({ id }))],
  ['views.takeOver', 2, onOne('list_view', '1 = 1', (_scene, { client }, { id }) => client.views.takeOver({ id }))],
  [
    'views.arrange',
    1,
    (scene, { client }) =>
      client.views.arrange({
        entity: 'customer',
        arrangement: { order: [`${scene.random.below(9)}`], unpinned: [], standard: null },
      }),
  ],
  ['files.add', 6, addFile],
  [
    'files.rename',
    3,
    onOne('file', living, (scene, { client }, row) => client.files.rename({ ...row, name: `改名${scene.random.below(99)}.pdf` })),
  ],
  ['files.remove', 3, onOne('file', living, (_scene, { client }, { id }) => client.files.remove({ id }))],
  ['files.restore', 2, onOne('file', gone, (_scene, { client }, { id }) => client.files.restore({ id }))],
  [
    'files.setSettings',
    1,
    (scene, { client }) =>
      client.files.setSettings({ maxBytes: (1 + scene.random.below(50)) * 1_048_576, quotaBytes: 1_073_741_824 }),
  ],
  [
    'followUps.pin',
    5,
    onOne('follow_up', living, (scene, { client }, { id }) => client.followUps.pin({ id, pinned: scene.random.chance(0.6) })),
  ],
  [
    'followUps.create',
    6,
    onOne('follow_up', 'deleted_at is null and reply_to is null', async (scene, user, row) =>
      user.client.followUps.create({
        customerId: raw(scene).prepare('select customer_id from follow_up where id = ?').pluck().get(row.id) as never,
        text: `回复 ${scene.random.below(99)}`,
        internal: true,
        replyTo: row.id,
        mentions: [String(scene.office.manager.employeeId)],
        files: scene.random.chance(0.3) ? [await upload(scene, user)] : [],
      }),
    ),
  ],
  [
    'customers.editCells',
    10,
    (scene, { client }) => {
      const cells = block(scene, 'customer', ['name', 'level', 'status', 'phone', 'email', 'city'])
      return cells ? client.customers.editCells(cells) : Promise.resolve(null)
    },
  ],
  [
    'contacts.editCells',
    4,
    (scene, { client }) => {
      const cells = block(scene, 'contact', ['title', 'phone', 'email'])
      return cells ? client.contacts.editCells(cells) : Promise.resolve(null)
    },
  ],
  [
    'tags.merge',
    3,
    onOne('tag', '1 = 1', (scene, { client }, { id }) => {
      const from = tagsBut(scene, id)
      return from.length > 0 ? client.tags.merge({ from, into: id }) : Promise.resolve(null)
    }),
  ],
  [
    'favourites.set',
    1,
    onOne('customer', living, (scene, { client }, { id }) =>
      client.favourites.set({ entity: 'customer', id, on: scene.random.chance(0.7) }),
    ),
  ],
  [
    'favourites.opened',
    1,
    onOne('customer', living, (_scene, { client }, { id }) => client.favourites.opened({ entity: 'customer', id })),
  ],
  [
    'favourites.arrange',
    1,
    onOne('customer', living, (_scene, { client }, { id }) => client.favourites.arrange({ order: [{ entity: 'customer', id }] })),
  ],
  ['notifications.markRead', 1, (_scene, { client }) => client.notifications.markRead({})],
  [
    'notifications.set',
    1,
    (scene, { client }) => client.notifications.set({ kind: 'mention', way: scene.random.pick(['off', 'page']) }),
  ],
  ['duplicates.notDuplicates', 2, notDuplicates],
  ['calendar.setDay', 1, (scene, { client }) => setDay(scene, client)],
  [
    'calendar.removeDay',
    1,
    (scene, { client }) => {
      const day = raw(scene).prepare('select day from calendar_day order by day limit 1').pluck().get()
      return typeof day === 'string' ? client.calendar.removeDay({ day: day as never }) : Promise.resolve(null)
    },
  ],
  ['calendar.loadOfficial', 1, (_scene, { client }) => client.calendar.loadOfficial({ year: 2026 })],
  [
    'calendar.setHours',
    1,
    (scene, { client }) =>
      client.calendar.setHours({ hours: [{ weekday: 6, spans: scene.random.chance(0.5) ? [['09:00', '12:00']] : [] }] }),
  ],
  ['setup.changeMatching', 1, (scene, { client }) => client.setup.changeMatching({ matching: scene.random.pick(['zh', 'en']) })],
]
