import { type Kysely, sql } from 'kysely'

const stamps = 'created_at text not null, created_by text, updated_at text not null, version integer not null default 1'

const tables = [
  // What opportunities are looked at for. Each counts by its weight, each of its levels is worth points.
  `create table evaluation_dimension (
    id text primary key not null, name text not null check (length(name) > 0), weight integer not null check (weight between 1 and 100),
    position integer not null default 0, archived_at text, ${stamps}) strict`,
  `create table evaluation_level (
    id text primary key not null, dimension_id text not null references evaluation_dimension (id), name text not null check (length(name) > 0),
    points integer not null check (points between 0 and 100), position integer not null default 0, archived_at text, ${stamps}) strict`,
  'create index evaluation_level_by_dimension on evaluation_level (dimension_id, position)',
  `create table opportunity_rating (
    id text primary key not null, opportunity_id text not null references opportunity (id),
    dimension_id text not null references evaluation_dimension (id), level_id text not null references evaluation_level (id),
    created_at text not null, updated_at text not null, version integer not null default 1) strict`,
  'create unique index opportunity_rating_once on opportunity_rating (opportunity_id, dimension_id)',
  'create index opportunity_rating_by_dimension on opportunity_rating (dimension_id)',
  'create index opportunity_rating_by_level on opportunity_rating (level_id)',
]

const AT = '2026-11-23T00:00:00.000Z'
const numbered = (kind: string, n: number): string => `01KASA0000000000000000${kind}${String(n).padStart(3, '0')}`
// What a company begins with; all of it is data afterwards.
const SIX: readonly (readonly [string, number, readonly (readonly [string, number])[]])[] = [
  [
    '需求匹配',
    20,
    [
      ['完全匹配', 100],
      ['基本匹配', 70],
      ['部分匹配', 40],
      ['不匹配', 0],
    ],
  ],
  [
    '紧迫程度',
    15,
    [
      ['一个月内', 100],
      ['三个月内', 70],
      ['半年内', 40],
      ['没有时间表', 10],
    ],
  ],
  [
    '预算情况',
    20,
    [
      ['已批准', 100],
      ['审批中', 70],
      ['有意向', 40],
      ['没有预算', 0],
    ],
  ],
  [
    '决策人',
    20,
    [
      ['支持我们', 100],
      ['已经见过', 60],
      ['知道是谁', 30],
      ['还不清楚', 0],
    ],
  ],
  [
    '竞争态势',
    10,
    [
      ['没有对手', 100],
      ['我们领先', 80],
      ['不相上下', 50],
      ['对手领先', 10],
    ],
  ],
  [
    '客户关系',
    15,
    [
      ['长期合作', 100],
      ['往来密切', 70],
      ['一般', 40],
      ['刚刚认识', 10],
    ],
  ],
]
const quoted = (words: string): string => `'${words}'`
const seeds = SIX.flatMap(([name, weight, levels], at) => [
  `insert into evaluation_dimension (id, name, weight, position, created_at, updated_at)
    values ('${numbered('D', at)}', ${quoted(name)}, ${weight}, ${at}, '${AT}', '${AT}')`,
  ...levels.map(
    ([level, points], n) => `insert into evaluation_level (id, dimension_id, name, points, position, created_at, updated_at)
      values ('${numbered('V', at * 10 + n)}', '${numbered('D', at)}', ${quoted(level)}, ${points}, ${n}, '${AT}', '${AT}')`,
  ),
])

/** Opportunities are judged by dimensions of the company's own, each with levels. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...tables, ...seeds]) await sql.raw(statement).execute(db)
}
