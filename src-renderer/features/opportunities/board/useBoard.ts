import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query'
import { useMemo, useRef } from 'react'
import type { Board } from '../../../../src-shared/features/opportunities/board.ts'
import { opportunityEntity } from '../../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Pipeline, Stage } from '../../../../src-shared/features/pipelines/model.ts'
import { findField } from '../../../../src-shared/kernel/entity.ts'
import type { Sort } from '../../../../src-shared/kernel/list.ts'
import { useHeld } from '../../../components/days/useHeld.ts'
import { maySortBy } from '../../../components/filter/askBy.ts'
import { useApi, useMe } from '../../../kernel/context.tsx'
import type { OpportunityList } from '../words.ts'
import { usePipelines } from '../words.ts'
import type { Figures } from './boardRows.ts'

/** So many cards of a column come with the board, and with each further page of it. */
export const PART = 40
const LATEST: Sort = { field: 'stageEnteredAt', direction: 'desc' }

export type Column = { readonly stage: Stage; readonly figures: Figures; readonly first: readonly Opportunity[] }
export type BoardData = {
  readonly pipelines: readonly Pipeline[]
  readonly pipeline: Pipeline | null
  /** The list's own order, else whoever came into the stage last stands first. */
  readonly sort: readonly Sort[] | undefined
  readonly columns: readonly Column[] | null
  readonly capped: boolean
  readonly error: unknown
  readonly isOld: boolean
  readonly refetch: () => void
}

/** What the list's address means as a board. `held`: nothing that arrives is shown before it is let go. */
export function useBoard(list: OpportunityList, held: boolean): BoardData {
  const me = useMe()
  const api = useApi()
  const all = usePipelines()
  const pipelines = useMemo(() => all.filter(({ archived }) => !archived), [all])
  const pipeline = pipelines.find(({ id }) => id === list.layout.board.pipeline) ?? pipelines[0] ?? null
  const entered = findField(opportunityEntity, LATEST.field)
  const sort = list.sort ?? (entered && maySortBy(me, opportunityEntity, entered) ? [LATEST] : undefined)
  const asked = useQuery({
    ...api.opportunities.board.queryOptions({
      input: {
        ...list.which,
        ...(sort && { sort: [...sort] }),
        pipelineId: (pipeline?.id ?? '') as Pipeline['id'],
        limit: PART,
      },
      meta: { shown: true },
    }),
    enabled: list.isAsked && pipeline !== null,
    placeholderData: keepPreviousData,
  })
  const data = useHeld(asked.data, held)
  const columns = useMemo(() => (pipeline && data ? columnsOf(pipeline, data) : null), [pipeline, data])
  return {
    pipelines,
    pipeline,
    sort,
    columns,
    capped: data?.capped ?? false,
    error: asked.data === undefined ? asked.error : null,
    isOld: asked.isPlaceholderData,
    refetch: () => void asked.refetch(),
  }
}

/** Of another pipeline that is still being asked for nothing is told. */
function columnsOf(pipeline: Pipeline, board: Board): Column[] | null {
  const columns = board.columns.flatMap(({ stageId, rows, hasMore: _, ...figures }) => {
    const stage = pipeline.stages.find(({ id }) => id === stageId)
    return stage ? [{ stage, figures, first: rows }] : []
  })
  return columns.length === 0 ? null : columns
}

type Range = { readonly first: number; readonly last: number }
/** The cards of a column as far as they were looked at: the first part came with the board, further ones by what is seen. */
export function useColumnRows(
  list: OpportunityList,
  { stage, figures, first }: Column,
  { sort, range, held }: { sort: readonly Sort[] | undefined; range: Range; held: boolean },
): readonly (Opportunity | undefined)[] {
  const api = useApi()
  const wanted = partsOf(range, figures.count)
  const results = useQueries({
    queries: wanted.map((part) =>
      api.opportunities.column.queryOptions({
        input: { ...list.which, ...(sort && { sort: [...sort] }), of: { stageId: stage.id }, offset: part * PART, limit: PART },
        meta: { shown: false },
      }),
    ),
  })
  const kept = useRef(new Map<number, readonly Opportunity[]>())
  if (!held) kept.current = new Map()
  for (const [i, part] of wanted.entries()) {
    const rows = results[i]?.data?.rows
    if (rows && !(held && kept.current.has(part))) kept.current.set(part, rows)
  }
  const rows: (Opportunity | undefined)[] = Array.from({ length: Math.max(figures.count, first.length) })
  for (const [i, row] of first.entries()) rows[i] = row
  for (const [part, page] of kept.current) for (const [i, row] of page.entries()) rows[part * PART + i] = row
  return rows
}

/** The first part is the board's own. */
function partsOf({ first, last }: Range, count: number): number[] {
  const from = Math.max(1, Math.floor(first / PART))
  const to = Math.floor(Math.min(last + PART / 4, count - 1) / PART)
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
}
