import type { CheckRow, OnDuplicate, RowMatch } from '../../../src-shared/features/imports/model.ts'
import type { CellProblem, Edit, Parts, RowKey } from '../../kernel/importer.ts'
import { type ReadyName, readyNames } from '../../kernel/searchTerms.ts'

/** `target`: the record it is taken for, or the first row of the same record in the file; `follows`: it is a further row of that, and no duplicate. */
export type StagedMatch = RowMatch & { target: { record: string } | { row: number }; edit?: Edit; follows?: boolean }
export type StagedRow = {
  row: number
  kind: CheckRow['kind']
  parts: Parts
  shown: string[]
  problems: CellProblem[]
  keys: RowKey[]
  match: StagedMatch | null
  seen: string[]
}

const keysIn = (text: string | null): RowKey[] =>
  text === null ? [] : (JSON.parse(text) as [string, string][]).map(([kind, key]) => ({ kind, key }))

/** The same as the bench holds it. */
export type Stored = {
  n: number
  kind: CheckRow['kind']
  parts: string
  shown: string | null
  problems: string | null
  keys: string | null
  names: string | null
  match: string | null
  seen: string | null
  plan: CheckRow['plan']
  outcome: CheckRow['outcome']
  reason: string | null
  recordId: string | null
  decision: OnDuplicate | null
}

export function staged(row: Stored): StagedRow {
  return {
    row: row.n,
    kind: row.kind,
    parts: JSON.parse(row.parts) as Parts,
    shown: row.shown === null ? [] : (JSON.parse(row.shown) as string[]),
    problems: row.problems ? (JSON.parse(row.problems) as CellProblem[]) : [],
    keys: keysIn(row.keys),
    match: row.match ? (JSON.parse(row.match) as StagedMatch) : null,
    seen: row.seen ? (JSON.parse(row.seen) as string[]) : [],
  }
}

/** A row as it is written; `names`: of records to be made, what their names are found by. */
export type WrittenRow = StagedRow & { plan: CheckRow['plan']; decision: OnDuplicate | null; names: ReadyName[] }

export function writtenRow(row: Stored): WrittenRow {
  return {
    row: row.n,
    kind: row.kind,
    parts: JSON.parse(row.parts) as Parts,
    shown: [],
    problems: row.problems ? (JSON.parse(row.problems) as CellProblem[]) : [],
    // Only asked when somebody else has written meanwhile.
    get keys() {
      return keysIn(row.keys)
    },
    match: row.match ? (JSON.parse(row.match) as StagedMatch) : null,
    seen: row.seen ? (JSON.parse(row.seen) as string[]) : [],
    plan: row.plan,
    decision: row.decision,
    names: row.plan === 'create' && row.names !== null ? namesIn(row.names) : [],
  }
}

type NameCells = [text: string, person: boolean, name: string, pinyin: string, initials: string, core: string]

/** Worked out where the row is cleaned, on a thread of its own: the one that writes has enough to do. */
export const namesText = (parts: Parts): string =>
  JSON.stringify(
    readyNames(parts).map(
      ({ text, person, name, pinyin, initials, core }): NameCells => [text, person, name, pinyin, initials, core],
    ),
  )

const namesIn = (text: string): ReadyName[] =>
  (JSON.parse(text) as NameCells[]).map(([text, person, name, pinyin, initials, core]) => ({
    text,
    person,
    name,
    pinyin,
    initials,
    core,
  }))

export function checkRow(row: Stored): CheckRow {
  const { shown, problems, match } = staged(row)
  const { target: _target, edit: _edit, follows: _follows, ...seenMatch } = match ?? ({} as StagedMatch)
  return {
    row: row.n,
    kind: row.kind,
    plan: row.plan,
    decision: row.decision,
    cells: shown,
    problems,
    match: match ? seenMatch : null,
    outcome: row.outcome,
    reason: row.reason,
    recordId: row.recordId,
  }
}
