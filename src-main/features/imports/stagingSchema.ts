import type { CheckFilter, CheckRow, OnDuplicate } from '../../../src-shared/features/imports/model.ts'

/** The tables of one import's bench; what became of its rows stands in a file of its own, so that who writes records never waits for who stages rows. `once`: which new rows hold what may stand once; `wish`: which rows want it, new or not. */
export const SCHEMA = `
  create table if not exists raw (n integer primary key, cells text not null) strict;
  create table if not exists staged (n integer primary key, kind text not null, parts text not null, shown text not null, problems text, keys text, names text, match text, sure integer not null default 0, seen text,
    has_error integer not null, has_warning integer not null, plan text not null, reason text) strict;
  create table if not exists done.outcome (n integer primary key, outcome text not null, reason text, record_id text) strict;
  create table if not exists edit (n integer not null, col integer not null, text text not null, primary key (n, col)) strict, without rowid;
  create table if not exists decision (n integer primary key, decision text not null) strict;
  create table if not exists once (key text not null, n integer not null, primary key (key, n)) strict, without rowid;
  create index if not exists once_row on once (n);
  create table if not exists wish (key text not null, n integer not null, primary key (key, n)) strict, without rowid;
  create index if not exists wish_row on wish (n)`
/** Made when all rows are staged. */
export const INDEXES = `
  create index if not exists staged_plan on staged (plan, n);
  create index if not exists staged_match on staged (n) where match is not null;
  create index if not exists staged_warning on staged (n) where has_warning = 1`

/** The plan of a row, in SQL, from its kind, errors, match, decision and the run's default (parameter). */
export const PLAN = `case when staged.kind <> 'data' then 'skip' when has_error = 1 then
    case (select decision from decision d where d.n = staged.n) when 'skip' then 'skip' else 'fail' end
  when match is null then
    case (select decision from decision d where d.n = staged.n) when 'skip' then 'skip' else 'create' end
  else case coalesce((select decision from decision d where d.n = staged.n), case sure when 0 then 'create' when 1 then ? when 3 then 'skip' else 'update' end) when 'skip' then 'skip' when 'create' then iif(sure > 1, 'update', 'create') else 'update' end end`

/** Rows that make a record and resemble nobody for certain, all the others, or both. */
export type Which = 'all' | 'new' | 'rest'
export const WHICH: Readonly<Record<Which, string>> = { all: '1', new: "plan = 'create'", rest: "plan <> 'create'" }

export const WHERE: Readonly<Record<CheckFilter, string>> = {
  all: '1 = 1',
  create: "plan = 'create'",
  update: "plan = 'update'",
  skip: "plan = 'skip'",
  fail: "plan = 'fail'",
  // What came back with its own number resembles nobody: it is that record.
  duplicate: 'match is not null and (sure < 2 or sure = 4)',
  warning: 'has_warning = 1',
}

type Taken = {
  readonly sure: boolean
  readonly because: readonly string[]
  readonly follows?: boolean
  readonly edit?: { readonly conflicts: readonly string[] }
}

/** The same for a row that is staged just now: nobody has decided anything about it. */
export function firstPlan(
  { kind, match }: { kind: CheckRow['kind']; match: Taken | null },
  hasError: boolean,
  onDuplicate: OnDuplicate,
): CheckRow['plan'] {
  if (kind !== 'data') return 'skip'
  if (hasError) return 'fail'
  const sureness = surenessOf(match)
  if (sureness > 1) return sureness === 3 ? 'skip' : 'update'
  if (sureness === 0 || onDuplicate === 'create') return 'create'
  return onDuplicate === 'skip' ? 'skip' : 'update'
}

/** 1: taken for it without asking; 2: it is that record, by its number, or a further row of it; 3: and nothing of it was edited; 4: some of it was edited on both sides, which is asked about. */
export function surenessOf(match: Taken | null): number {
  if (match?.follows) return 2
  if (!match?.edit) return match?.sure ? 1 : 0
  if (match.edit.conflicts.length > 0) return 4
  return match.because.includes('unedited') ? 3 : 2
}
