import type { CheckRow } from '../../../src-shared/features/imports/model.ts'
import type { Fault } from '../../kernel/importer.ts'
import { prepared } from '../../kernel/journal.ts'
import type { Bench } from './staging.ts'

/** A row that was taken for something: a record, or an earlier row. */
export type MatchedRow = { n: number; record: string | null; row: number; plan: CheckRow['plan'] }
/** What a rehearsal of the write made of a row. */
export type Tried = { row: number; plan: CheckRow['plan']; reason: string | null; fault?: Fault | undefined }

const STRETCH = 5000

/** Taken in stretches: a statement that is still open would keep the rows from being planned anew. */
export function* matchedRows({ raw }: Bench): Generator<MatchedRow> {
  const statement = prepared(
    raw,
    `select n, match ->> '$.target.record' as record, match ->> '$.target.row' as row, plan from staged
      where n > ? and match is not null and kind = 'data' and has_error = 0 order by n limit ${STRETCH}`,
  )
  let last = -1
  while (true) {
    const rows = statement.all(last) as MatchedRow[]
    yield* rows
    const end = rows.at(-1)
    if (!end) return
    last = end.n
  }
}

export const dataRows = ({ raw }: Bench): number[] =>
  prepared(raw, "select n from staged where kind = 'data' and has_error = 0 order by n").pluck().all() as number[]

export function setPlans(bench: Bench, tried: readonly Pick<Tried, 'row' | 'plan' | 'reason'>[]): void {
  bench.requireOpen()
  prepared(
    bench.raw,
    `update staged set plan = w.value ->> 1, reason = w.value ->> 2 from json_each(?) w where n = w.value ->> 0 and n not in (select n from outcome)`,
  ).run(JSON.stringify(tried.map(({ row, plan, reason }) => [row, plan, reason])))
}

const TOLD = 'manager.unknown'

/** Whether a manager is found only the whole list tells, which names him above or below his people: so he is told of after it was tried. */
export function tellManagers({ raw }: Bench, unknown: readonly number[]): void {
  const list = JSON.stringify(unknown)
  prepared(
    raw,
    `update staged set
       problems = (select nullif(json_group_array(json(e.value)), '[]') from json_each(staged.problems) e where e.value ->> 'code' <> '${TOLD}'),
       has_warning = exists (select 1 from json_each(staged.problems) e where e.value ->> 'level' = 'warning' and e.value ->> 'code' <> '${TOLD}')
     where instr(problems, '"${TOLD}"') > 0`,
  ).run()
  prepared(
    raw,
    `update staged set has_warning = 1, problems = json_insert(coalesce(problems, '[]'), '$[#]',
       json_object('column', null, 'level', 'warning', 'code', '${TOLD}', 'detail', substr(parts ->> '$.employee[0].managerName', 1, 80)))
     where n in (select value from json_each(?))`,
  ).run(list)
}
