import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { OpportunityId } from '../../../src-shared/features/opportunities/model.ts'
import { Dash } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'

/** The chance that a record came from, for who sees it. */
export function OpportunityLink({ id }: { id: OpportunityId }) {
  const maySee = useCan('opportunities.read')
  const found = useQuery(
    useApi().opportunities.get.queryOptions({ input: { id }, enabled: maySee, retry: false, meta: { shown: true } }),
  ).data
  if (!found) return <Dash />
  return (
    <Link to="/opportunities/$id" params={{ id }} className="el">
      {found.name}
    </Link>
  )
}
