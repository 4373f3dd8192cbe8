import { tagEntity } from '../../../src-shared/features/tags/entity.ts'
import { tagKey } from '../../../src-shared/features/tags/key.ts'
import { may } from '../../../src-shared/kernel/actor.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { Importer, Likeness, Parts, RowResult, RowWrite, Values, WriteRules } from '../../kernel/importer.ts'
import { insertTag, listTags, nameIsTaken, updateTag } from './store.ts'

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
const tagOf = (parts: Parts): Values => parts.tag?.[0] ?? {}
const SAME: Likeness = { verdict: 'same', bits: 20, score: 1, reasons: [{ code: 'labelSame', weight: 20 }] }

async function write(context: CommandContext, rows: readonly RowWrite[], _rules: WriteRules): Promise<RowResult[]> {
  const results: RowResult[] = []
  for (const { row, id, parts, mode } of rows) {
    const { name, tone } = tagOf(parts)
    if (mode === 'create') {
      // One of the rows before it may have been the same tag under another spelling.
      if (await nameIsTaken(context.tx, text(name))) results.push({ row, outcome: 'skipped', reason: 'duplicate' })
      else {
        await insertTag(context.tx, { id, name: text(name), tone: text(tone) || 'ink', at: context.now() })
        results.push({ row, outcome: 'created', recordId: id })
      }
      continue
    }
    const [there] = await listTags(context.tx, id)
    if (!there) {
      // Somebody has deleted it since the file was looked at.
      results.push({ row, outcome: 'skipped', reason: 'notYours' })
      continue
    }
    const wanted = mode === 'update' && text(tone) !== '' ? text(tone) : there.tone
    if (wanted === there.tone) results.push({ row, outcome: 'skipped', reason: 'unchanged', recordId: id })
    else {
      await updateTag(context.tx, id, { name: there.name, tone: wanted, at: context.now() })
      results.push({ row, outcome: 'updated', recordId: id })
    }
  }
  return results
}

/** A list of tags; VIP and vip are one. */
export const tagImporter: Importer = {
  entity: 'tag',
  parts: [tagEntity],
  identified: ['tag.name'],
  unidentified: 'tagNotMapped',
  action: 'importedTags',
  needs: 'tags.manage',
  creates: 'tags.manage',
  writes: {},
  presentPeople: [],
  repeatable: [],
  words: {
    'tag.tone': {
      ink: ['墨', '黑', '灰', '默认', 'black', 'grey', 'gray'],
      brand: ['黛', '青', '靛', 'indigo', 'teal'],
      ok: ['绿', '绿色', 'green'],
      warn: ['黄', '黄色', 'yellow'],
      bad: ['红', '红色', 'red'],
      info: ['蓝', '蓝色', 'blue'],
      plum: ['紫', '紫色', 'purple', 'violet'],
      lamp: ['橙', '橙色', '橘色', 'orange'],
    },
  },
  finish: (row) => {
    const tag = (row.parts.tag ??= [{}])[0] ?? {}
    row.parts.tag = [tag]
    if (text(tag['name']) === '') row.problems.push({ column: null, level: 'error', code: 'tagless' })
  },
  matchRecord: (parts) => ({ name: text(tagOf(parts)['name']), phones: [] }),
  keys: (parts) => [{ kind: 'own', key: tagKey(text(tagOf(parts)['name'])) }],
  compare: () => SAME,
  candidates: {
    sql: 'select t.id, t.name from json_each(?) w cross join tag t on t.name_key = w.value',
    parameter: (keys) => JSON.stringify(keys.map(({ key }) => key)),
    read: (row) => ({
      id: text(row['id']),
      name: text(row['name']),
      ownerId: null,
      ownerName: null,
      deleted: false,
      record: { name: text(row['name']), phones: [] },
    }),
  },
  sees: (actor) => may(actor, 'tags.manage'),
  there: async (db, _actor, ids) => (await listTags(db)).filter(({ id }) => ids.includes(id)),
  write,
}
