import type { ViewKind } from '../../../src-shared/features/views/plain.ts'
import type { Filter, Sort, Sum } from '../../../src-shared/kernel/list.ts'
import { LONGEST_SEARCH } from '../../../src-shared/kernel/searchWords.ts'

export type SumChoice = { readonly field: string; readonly sum: Sum }
/** What a list shows, as its address says it: a view, what differs from it, words, and the rows of one import. */
export type ListAddress = {
  /** A key of the program's own views, the id of a stored one, or null for the one that somebody begins with. */
  readonly view: string | null
  /** As what its rows are shown; null = as the view has it. */
  readonly kind: ViewKind | null
  readonly q: string
  /** Undefined = as the view has it. */
  readonly filter: Filter | null | undefined
  /** It carries a filter that nobody can read: which rows are meant is not known, and nothing is shown in their place. */
  readonly isFilterUnread: boolean
  readonly sorts: readonly Sort[] | undefined
  readonly sums: readonly SumChoice[] | undefined
  /** What a link that brought the filter calls it. */
  readonly named: string
  readonly batch: string
  readonly file: string
  /** The pool whose customers are listed. */
  readonly pool: string
}

const textOf = (value: unknown, longest: number): string => (typeof value === 'string' ? value.slice(0, longest) : '')
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The address as it came, made sound: it may have been typed, or be years old. `quick`: older links named values of fields. */
export function readAddress(search: Record<string, unknown>, quick: Readonly<Record<string, string>> = {}): ListAddress {
  const filter = readFilter(search['filter'])
  return {
    view: textOf(search['view'], 64) || null,
    kind: KINDS.find((kind) => kind === search['kind']) ?? null,
    q: textOf(search['q'], LONGEST_SEARCH),
    filter: filter === UNREAD ? undefined : filter === undefined ? fromQuick(search, quick) : filter,
    isFilterUnread: filter === UNREAD,
    sorts: readSorts(search['sort']),
    sums: readSums(search['sums']),
    named: textOf(search['named'], 100),
    batch: textOf(search['batch'], 26),
    file: textOf(search['file'], 200),
    pool: textOf(search['pool'], 26),
  }
}

/** Only what differs from the view stands in the address. */
export function writeAddress(address: ListAddress): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  if (address.pool) kept['pool'] = address.pool
  if (address.view !== null) kept['view'] = address.view
  if (address.kind !== null) kept['kind'] = address.kind
  if (address.q) kept['q'] = address.q
  // Whatever else changes meanwhile, it is not forgotten before somebody clears it.
  if (address.isFilterUnread) kept['filter'] = UNREAD
  else if (address.filter !== undefined) kept['filter'] = address.filter ?? 'none'
  // The name goes with the filter that it was given to.
  if (address.named && address.filter) kept['named'] = address.named
  if (address.sorts !== undefined) kept['sort'] = address.sorts
  if (address.sums !== undefined) kept['sums'] = address.sums
  if (address.batch) {
    kept['batch'] = address.batch
    kept['file'] = address.file
  }
  return kept
}

const KINDS: readonly ViewKind[] = ['table', 'board', 'calendar', 'forecast']
const UNREAD = 'unread'

function readFilter(value: unknown): Filter | null | undefined | typeof UNREAD {
  if (value === undefined || value === '') return undefined
  if (value === 'none') return null
  return isFilter(value, 0) ? value : UNREAD
}

/** Roughly a filter; whether it makes sense the backend says. */
function isFilter(value: unknown, depth: number): value is Filter {
  if (!isObject(value) || !Array.isArray(value['rules']) || depth > 20) return false
  if (value['combinator'] !== 'and' && value['combinator'] !== 'or') return false
  return (value['rules'] as unknown[]).every((part) =>
    isObject(part) && 'rules' in part
      ? isFilter(part, depth + 1)
      : isObject(part) && typeof part['field'] === 'string' && typeof part['operator'] === 'string',
  )
}

function fromQuick(search: Record<string, unknown>, quick: Readonly<Record<string, string>>): Filter | undefined {
  const rules = Object.entries(quick).flatMap(([param, field]) => {
    const given = search[param]
    const values = Array.isArray(given) ? given.filter((one): one is string => typeof one === 'string') : []
    return values.length === 0
      ? []
      : [{ field, operator: 'in' as const, value: values.map((value) => (value === '-' ? null : value)) }]
  })
  return rules.length === 0 ? undefined : { combinator: 'and', rules }
}

function readSorts(value: unknown): readonly Sort[] | undefined {
  const list = Array.isArray(value) ? value : isObject(value) ? [value] : null
  if (!list) return undefined
  return list.flatMap((one: unknown): Sort[] =>
    isObject(one) && typeof one['field'] === 'string'
      ? [{ field: one['field'], direction: one['direction'] === 'desc' ? 'desc' : 'asc' }]
      : [],
  )
}

const SUM_WORDS: readonly unknown[] = ['sum', 'avg', 'min', 'max', 'filled', 'empty'] satisfies Sum[]
function readSums(value: unknown): readonly SumChoice[] | undefined {
  if (!Array.isArray(value)) return undefined
  return value.flatMap((one: unknown): SumChoice[] =>
    isObject(one) && typeof one['field'] === 'string' && SUM_WORDS.includes(one['sum'])
      ? [{ field: one['field'], sum: one['sum'] as Sum }]
      : [],
  )
}
