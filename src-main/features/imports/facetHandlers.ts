import { Refusal } from '../../../src-shared/kernel/refusal.ts'
import type { FacetColumn, FacetPage, ValueCluster } from '../../../src-shared/features/imports/model.ts'
import { onQuery } from '../../kernel/pipeline.ts'
import type { FacetAsked, FacetInput } from './facets.ts'
import { loadRun, type Run } from './store.ts'

/** Counting walks over all rows once; until then the question waits with the other long ones. */
const LANE = { lane: 'long' } as const

/** Values of columns and what is alike among them, for the step of cleaning. */
export const facetHandlers = {
  facets: onQuery.imports.facets.handler(async ({ input, context }) =>
    context.scan<{ columns: FacetColumn[] }>('imports.facets', askedOf(await loadRun(context.db, context.actor, input.id)), LANE),
  ),

  facet: onQuery.imports.facet.handler(async ({ input, context }) => {
    const { id, ...asked } = input
    const given: FacetInput & { asked: FacetAsked } = { ...askedOf(await loadRun(context.db, context.actor, id)), asked }
    return context.scan<FacetPage>('imports.facet', given, LANE)
  }),

  clusters: onQuery.imports.clusters.handler(async ({ input, context }) =>
    context.scan<{ clusters: ValueCluster[]; total: number }>(
      'imports.clusters',
      askedOf(await loadRun(context.db, context.actor, input.id)),
      LANE,
    ),
  ),
}

/** @throws Refusal before the rows are cleaned: there are no values yet. */
function askedOf(run: Run): FacetInput {
  if (!run.summary.plan || !run.mapping) throw new Refusal('notPrepared')
  const columns = run.mapping.columns.flatMap(({ index, header, target }) => (target ? [{ index, header, target }] : []))
  const { ownRules, rulesOff, values } = run.options
  const stamp = JSON.stringify([columns.map(({ index, target }) => [index, target]), ownRules, rulesOff, values])
  return { id: run.id, entity: run.entity, columns, stamp: `${run.jobId ?? ''} ${stamp}` }
}
