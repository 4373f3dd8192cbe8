import { useQueries, useQueryClient } from '@tanstack/react-query'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { PAGE_SIZE, type PageOf, type PageQuery } from './columns.ts'
import { useWindow } from './useWindow.ts'

export type Rows<Row> = {
  readonly first: number
  readonly last: number
  readonly count: number
  readonly at: (index: number) => Row | undefined
  /** The rows that are there of what is seen. */
  readonly here: () => readonly Row[]
  /** Rows between two indexes, loaded or not; null when they are too many to be named one by one. */
  readonly load: (first: number, last: number) => Promise<readonly Row[] | null>
  readonly loaded: boolean
  /** How many there are is known, not only how many were seen. */
  readonly isWhole?: boolean
  readonly failed: unknown
  readonly capped: boolean
  /** Rows below what a browser can scroll to. */
  readonly beyond?: number
  readonly refetch: () => void
  readonly scrollTo: (index: number) => void
}

type Source<Row> = {
  page: (offset: number, limit: number) => PageQuery<Row>
  total: number | undefined
  rowHeight: number
  scroller: RefObject<HTMLDivElement | null>
  /** Changes when other rows are asked for (filter, sort, words). */
  resultKey: string
  rowKey: (row: Row) => string
  /** While a cell is being edited no row changes its place; what arrives meanwhile is ordered after it. */
  hold: boolean
}

/** A longer range than this is chosen by a filter, not row by row. */
export const MAX_RANGE = 5_000

/** Loads the pages that the window shows, and no others. */
export function useRows<Row>({ page, total, rowHeight, scroller, resultKey, rowKey, hold }: Source<Row>): Rows<Row> {
  const [pages, setPages] = useState<readonly number[]>([0])
  // The first page counts until the real count is there.
  const [seen, setSeen] = useState({ key: resultKey, count: 0 })
  const known = total ?? (seen.key === resultKey ? seen.count : 0)
  const { first, last, count, scrollTo } = useWindow(scroller, known, rowHeight)

  const wanted = pagesFor(first, last)
  useSettled(wanted, pages, setPages)

  const pageQuery = (number: number) => {
    const { queryKey, queryFn } = page(number * PAGE_SIZE, PAGE_SIZE)
    return { queryKey, queryFn: queryFn as () => Promise<PageOf<Row>>, meta: { shown: number === 0 } }
  }
  const results = useQueries({ queries: pages.map(pageQuery) })
  const byPage = new Map(pages.map((number, i) => [number, results[i]]))
  const firstPage = byPage.get(pages[0] ?? 0)
  const reach = Math.max(
    0,
    ...pages.map(
      (number, i) =>
        number * PAGE_SIZE + (results[i]?.data ? results[i].data.rows.length + (results[i].data.hasMore ? 1 : 0) : 0),
    ),
  )
  useEffect(() => {
    setSeen((old) => (old.key === resultKey && old.count >= reach ? old : { key: resultKey, count: reach }))
  }, [resultKey, reach])

  const loadedPages = new Map(
    [...byPage].flatMap(([number, result]) => (result?.data ? [[number, result.data.rows] as const] : [])),
  )
  const at = useHeldOrder(loadedPages, rowKey, hold)
  const cache = useQueryClient()
  const load = async (from: number, to: number): Promise<Row[] | null> => {
    if (to - from >= MAX_RANGE) return null
    const base = Math.floor(from / PAGE_SIZE)
    const numbers = Array.from({ length: Math.floor(to / PAGE_SIZE) - base + 1 }, (_, i) => base + i)
    const found = await Promise.all(numbers.map((number) => cache.fetchQuery(pageQuery(number))))
    return found.flatMap(({ rows }) => rows).slice(from - base * PAGE_SIZE, to - base * PAGE_SIZE + 1)
  }
  const failing = results.filter((result) => result.data === undefined && result.error !== null)
  return {
    first,
    last,
    count,
    at,
    here: () => [...loadedPages.values()].flat(),
    load,
    loaded: firstPage?.data !== undefined,
    isWhole: total !== undefined,
    failed: failing[0]?.error ?? null,
    beyond: known - count,
    capped: results.some((result) => result.data?.capped === true),
    refetch: () => {
      for (const result of failing) void result.refetch()
    },
    scrollTo,
  }
}

type Pages<Row> = ReadonlyMap<number, readonly Row[]>
type Held<Row> = { readonly keyAt: ReadonlyMap<number, string>; readonly rows: ReadonlyMap<string, Row> }

/** The row of an index: of today's pages, or, while held, the row that stood there when the holding began, with today's values. */
export function rowFinder<Row>(
  pages: Pages<Row>,
  rowKey: (row: Row) => string,
  held: Held<Row> | null,
): (index: number) => Row | undefined {
  const live = (index: number) => pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE]
  if (!held) return live
  const byKey = new Map([...pages.values()].flat().map((row) => [rowKey(row), row]))
  return (index) => {
    const key = held.keyAt.get(index)
    if (key !== undefined) return byKey.get(key) ?? held.rows.get(key)
    const row = live(index)
    // A row that moved here from a held place is still shown there.
    return row && held.rows.has(rowKey(row)) ? undefined : row
  }
}

export function holdOrder<Row>(pages: Pages<Row>, rowKey: (row: Row) => string): Held<Row> {
  const keyAt = new Map<number, string>()
  const rows = new Map<string, Row>()
  for (const [number, page] of pages)
    for (const [at, row] of page.entries()) {
      keyAt.set(number * PAGE_SIZE + at, rowKey(row))
      rows.set(rowKey(row), row)
    }
  return { keyAt, rows }
}

function useHeldOrder<Row>(pages: Pages<Row>, rowKey: (row: Row) => string, hold: boolean): (index: number) => Row | undefined {
  const held = useRef<Held<Row> | null>(null)
  held.current = hold ? (held.current ?? holdOrder(pages, rowKey)) : null
  return rowFinder(pages, rowKey, held.current)
}

function pagesFor(first: number, last: number): number[] {
  const from = Math.floor(first / PAGE_SIZE)
  const to = Math.floor((last + PAGE_SIZE / 4) / PAGE_SIZE)
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

const SETTLE_MS = 90
/** Dragging the scrollbar through 100,000 rows asks only where it stops; scrolling on to the next page asks at once. */
function useSettled(wanted: readonly number[], pages: readonly number[], setPages: (pages: readonly number[]) => void): void {
  const latest = useRef(wanted)
  latest.current = wanted
  const key = wanted.join()
  const near = wanted.some((number) => pages.includes(number))
  useEffect(() => {
    if (near) {
      setPages(latest.current)
      return undefined
    }
    const timer = setTimeout(() => setPages(latest.current), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [key, near, setPages])
}
