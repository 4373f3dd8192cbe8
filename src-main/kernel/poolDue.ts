import type BetterSqlite3 from 'better-sqlite3'
import { columnOf, type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../src-shared/kernel/entity.ts'
import { momentOf } from '../../src-shared/kernel/zoned.ts'
import { prepared } from './journal.ts'

export type DueBasis = 'followUp' | 'deal' | 'date'
/** A recycle rule as its due day is worked out. Days of null: customers of this level never. */
export type DueRule = {
  basis: DueBasis
  field: string | null
  days: number
  levelDays: Readonly<Record<string, number | null>>
  without: { levels?: readonly string[]; statuses?: readonly string[]; tagIds?: readonly string[]; shared?: boolean }
  dayKind: 'calendar' | 'working'
}
export type StoredRule = DueRule & { id: string; name: string; startsOn: string | null }

const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
const listed = (values: readonly string[]): string => values.map(quoted).join(', ')

/** Minutes by which the zone is ahead of UTC: days are counted on the wall clock of the company. */
export function zoneMinutes(zone: string): number {
  const date = '2026-01-15'
  return Math.round((Date.parse(`${date}T00:00:00.000Z`) - momentOf({ date, minutes: 0 }, zone)) / 60_000)
}

/**
 * The day on which a rule takes a customer, as SQL over the row `{t}`: null while it does not concern him. One expression for the
 * record, the list, the preview and the night's run, so that they cannot disagree; no row is looked at outside of SQL.
 */
export function dueSql(rule: DueRule, field: FieldDescriptor | null, minutes: number): string {
  const base = baseSql(rule, field, minutes)
  const days = daysSql(rule)
  const due =
    rule.dayKind === 'calendar'
      ? `date(${base}, '+' || (${days}) || ' days')`
      : `(select w.day from work_day w where w.n = (select b.n from work_day b where b.day <= ${base} order by b.day desc limit 1) + (${days}))`
  return `case when ${concerned(rule)} then ${due} end`
}

const HELD_SINCE = 'coalesce({t}.owner_since, {t}.created_at)'
function baseSql({ basis }: DueRule, field: FieldDescriptor | null, minutes: number): string {
  const dayOf = (instant: string) => `date(${instant}, '${minutes >= 0 ? '+' : ''}${minutes} minutes')`
  if (basis === 'followUp') return dayOf(`max(coalesce({t}.last_follow_up_at, ''), ${HELD_SINCE})`)
  if (basis === 'deal') return dayOf(HELD_SINCE)
  // A field that somebody put aside since leads nowhere.
  if (!field) return 'null'
  const column = isCustomKey(field.key) ? `({t}.custom ->> '$.${field.key}')` : `{t}.${columnOf(field.key)}`
  return field.type === 'date' ? `date(${column})` : dayOf(column)
}

function daysSql({ days, levelDays }: DueRule): string {
  const cases = Object.entries(levelDays).map(
    ([level, own]) => `when ${quoted(level)} then ${own === null ? 'null' : Math.trunc(own)}`,
  )
  return cases.length === 0 ? String(Math.trunc(days)) : `case {t}.level ${cases.join(' ')} else ${Math.trunc(days)} end`
}

/** Whose customers, and which of them. Who was won once more since he came to his owner has had his deal. */
function concerned({ basis, without }: DueRule): string {
  const { levels = [], statuses = [], tagIds = [], shared = false } = without
  return [
    '{t}.owner_id is not null and {t}.pool_id is null and {t}.deleted_at is null',
    ...(basis === 'deal' ? [`{t}.status <> 'won'`] : []),
    ...(levels.length > 0 ? [`coalesce({t}.level, '') not in (${listed(levels)})`] : []),
    ...(statuses.length > 0 ? [`{t}.status not in (${listed(statuses)})`] : []),
    ...(tagIds.length > 0
      ? [
          `not exists (select 1 from record_tag g where g.entity = 'customer' and g.record_id = {t}.id and g.tag_id in (${listed(tagIds)}))`,
        ]
      : []),
    ...(shared ? [`not exists (select 1 from record_member g where g.entity = 'customer' and g.record_id = {t}.id)`] : []),
  ].join(' and ')
}

/** A rule acts from its first night on, whatever was due before. */
export const startedSql = (rule: StoredRule, field: FieldDescriptor | null, minutes: number): string =>
  `max(${dueSql(rule, field, minutes)}, ${quoted(rule.startsOn ?? '0000-01-01')})`

const NEVER = `'9999-12-31'`

/** The customer with the day and the rule that are to take him, as the rules of the company stand. */
export function withPoolDue(entity: EntityDescriptor, rules: readonly StoredRule[], minutes: number): EntityDescriptor {
  if (rules.length === 0) return entity
  const due = rules.map((rule) => startedSql(rule, entity.fields.find(({ key }) => key === rule.field) ?? null, minutes))
  const first = `min(${NEVER}, ${due.map((one) => `coalesce(${one}, ${NEVER})`).join(', ')})`
  const computed: Record<string, string> = {
    poolDueOn: `nullif(${first}, ${NEVER})`,
    poolRule: `case ${rules.map(({ name }, n) => `when ${due[n]} = ${first} then ${quoted(name)}`).join(' ')} end`,
  }
  const tellsOf = [...new Set(rules.flatMap(goesBy))]
  return {
    ...entity,
    fields: entity.fields.map((field) => ({
      ...field,
      ...(computed[field.key] ? { computed: computed[field.key] as string, tellsOf } : {}),
    })),
  }
}

/** The fields that a due day is worked out of: whoever knows the rule reads them from it. When somebody came to his owner is everybody's to know. */
function goesBy({ basis, field, levelDays, without }: DueRule): string[] {
  const { levels = [], statuses = [], tagIds = [] } = without
  return [
    ...(basis === 'followUp' ? ['lastFollowUpAt'] : []),
    ...(basis === 'date' && field !== null ? [field] : []),
    ...(levels.length > 0 || Object.keys(levelDays).length > 0 ? ['level'] : []),
    ...(statuses.length > 0 || basis === 'deal' ? ['status'] : []),
    ...(tagIds.length > 0 ? ['tags'] : []),
  ]
}

type Row = Omit<StoredRule, 'levelDays' | 'without'> & { levelDays: string; without: string; zone: string | null }

/** Rules that are switched on, with the zone: what `withPoolDue` needs, as one text that tells whether anything changed. */
export const rulesText = (raw: BetterSqlite3.Database): string =>
  prepared(
    raw,
    `select json_group_array(json_object('id', id, 'name', name, 'basis', basis, 'field', field, 'days', days, 'levelDays', level_days,
       'without', without, 'dayKind', day_kind, 'startsOn', starts_on, 'zone', (select time_zone from workspace limit 1)))
     from (select * from pool_rule where enabled_at is not null order by position, created_at, id)`,
  )
    .pluck()
    .get() as string

export function rulesIn(text: string): { rules: StoredRule[]; minutes: number } {
  const rows = JSON.parse(text) as Row[]
  return {
    rules: rows.map(({ zone: _zone, ...row }) => ({
      ...row,
      levelDays: JSON.parse(row.levelDays) as StoredRule['levelDays'],
      without: JSON.parse(row.without) as StoredRule['without'],
    })),
    minutes: zoneMinutes(rows[0]?.zone ?? 'Asia/Shanghai'),
  }
}
