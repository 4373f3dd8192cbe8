import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import type { AskableField } from '../../../src-shared/features/pipelines/model.ts'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** One of what hangs on an opportunity and is asked for: how many there are, null while that is looked for. */
type Hanging = { readonly key: 'lines' | 'score'; readonly n: number | null }

/** How many lines and judged dimensions there are, where a stage asks for them; whoever does not see the score is not told of it. */
export function useHanging(row: Opportunity, asked: readonly AskableField[]): readonly Hanging[] {
  const api = useApi()
  const seesScore = fieldRightOf(useMe(), 'opportunity', 'score') !== 'hidden'
  const [wantsLines, wantsScore] = [asked.includes('lines'), asked.includes('score') && seesScore]
  const input = { id: row.id }
  const lines = useQuery(api.opportunities.lines.queryOptions({ input, enabled: wantsLines, meta: { shown: true } }))
  const ratings = useQuery(api.opportunities.ratings.queryOptions({ input, enabled: wantsScore, meta: { shown: true } }))
  return [
    ...(wantsLines ? [{ key: 'lines', n: lines.data?.length ?? null } as const] : []),
    ...(wantsScore ? [{ key: 'score', n: ratings.data ? Object.keys(ratings.data).length : null } as const] : []),
  ]
}

type HangingAskedProps = { row: Opportunity; hanging: readonly Hanging[]; onLeave: () => void }
/** They are written on the page of the opportunity: what is there is told, what is not leads there. */
export function HangingAsked({ row, hanging, onLeave }: HangingAskedProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const to = `/opportunities/${row.id}`
  const isThere = useRouterState({ select: ({ location }) => location.pathname === to })
  const isLacking = hanging.some(({ n }) => n === 0)
  return (
    <>
      {hanging.map(({ key, n }) => (
        <p key={key} className={n === 0 ? 'tbad' : 't2'}>
          {n === 0
            ? t(key === 'lines' ? 'linesAsked' : 'scoreAsked')
            : t('hangingThere', { what: fieldWord('opportunities', key), n: n === null ? '–' : formatNumber(n) })}
        </p>
      ))}
      {isLacking && !isThere && (
        <Button
          size="small"
          onClick={() => {
            onLeave()
            void navigate({ to })
          }}
        >
          {t('openToFill')}
        </Button>
      )}
    </>
  )
}
