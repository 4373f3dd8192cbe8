import './opportunities.css'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button, Progress, Radio } from 'antd'
import { Link } from '@tanstack/react-router'
import { type Chosen, scoreOf } from '../../../src-shared/features/opportunities/evaluation.ts'
import type { Dimension } from '../../../src-shared/features/pipelines/model.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 评估: the level in each dimension of the company, the score and what it is made of. */
export function EvaluationTab({ row }: { row: Opportunity }) {
  const api = useApi()
  const dimensions = useQuery(api.pipelines.dimensions.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
  const chosen = useQuery(
    api.opportunities.ratings.queryOptions({ input: { id: row.id }, placeholderData: keepPreviousData, meta: { shown: true } }),
  )
  const failed = dimensions.error ?? chosen.error
  if (dimensions.data && chosen.data) return <Evaluation row={row} dimensions={dimensions.data} chosen={chosen.data} />
  if (failed)
    return (
      <LoadFailed
        error={failed}
        feature="opportunities"
        onRetry={() => void Promise.all([dimensions.refetch(), chosen.refetch()])}
      />
    )
  return <SkeletonRows rows={6} height={44} />
}

type EvaluationProps = { row: Opportunity; dimensions: readonly Dimension[]; chosen: Chosen }

function Evaluation({ row, dimensions, chosen }: EvaluationProps) {
  const t = useText(text)
  const undo = useUndo()
  const mayEdit = useCan('opportunities.edit') && row.may?.edit !== false && row.deletedAt === null
  const mayManage = useCan('pipelines.manage')
  const rate = useMutation(
    useApi().opportunities.rate.mutationOptions({
      onSuccess: () => undo.say(t('ratedToast'), { recordId: row.id }),
    }),
  )
  // What is on its way is shown as taken; a refusal puts back what stands.
  const shown: Chosen = { ...chosen, ...(rate.isPending && rate.variables.id === row.id ? rate.variables.choices : {}) } as Chosen
  const living = dimensions.filter(({ archived }) => !archived)
  if (living.length === 0)
    return (
      <Nothing>
        {t('noDimensions')} {mayManage && <Link to="/settings/pipelines">{t('toDimensions')}</Link>}
      </Nothing>
    )
  const weights = living.reduce((sum, { weight }) => sum + weight, 0)
  return (
    <div className="rating">
      <Summary dimensions={dimensions} chosen={shown} />
      {living.map((dimension) => (
        <Rated
          key={dimension.id}
          dimension={dimension}
          share={Math.round((dimension.weight * 100) / weights)}
          level={shown[dimension.id] ?? null}
          {...(mayEdit && { onRate: (levelId) => rate.mutate({ id: row.id, choices: { [dimension.id]: levelId } }) })}
        />
      ))}
    </div>
  )
}

/** The score and, in a sentence, how it came about. */
function Summary({ dimensions, chosen }: Pick<EvaluationProps, 'dimensions' | 'chosen'>) {
  const t = useText(text)
  const { score, rated, of, best, weakest } = scoreOf(dimensions, chosen)
  const counted = t('ratedOf', { n: rated, of })
  const why =
    score === null
      ? t('notRated')
      : best === weakest
        ? counted
        : t('ratedWhy', { counted, best: best ?? '', weakest: weakest ?? '' })
  return (
    <div className="row g12 rating-sum">
      <b className="num rating-score">{score === null ? '—' : formatNumber(score)}</b>
      <div className="grow">
        <Progress percent={score ?? 0} showInfo={false} size="small" aria-label={t('score')} />
        <div className="t3 s12">{why}</div>
      </div>
    </div>
  )
}

type RatedProps = {
  dimension: Dimension
  share: number
  level: string | null
  /** Absent: it may only be looked at. */
  onRate?: (levelId: Dimension['levels'][number]['id'] | null) => void
}
function Rated({ dimension: { name, levels }, share, level, onRate }: RatedProps) {
  const t = useText(text)
  const choosable = levels.filter(({ id, archived }) => !archived || id === level)
  const points = levels.find(({ id }) => id === level)?.points
  return (
    <div className="rating-line">
      <div className="row g8 rating-name">
        <span className="b">{name}</span>
        <span className="t3 s12 num">{t('share', { n: share })}</span>
        <span className="grow" />
        <span className="t2 s12 num">{points === undefined ? t('unrated') : t('points', { n: points })}</span>
      </div>
      <div className="row g8 wrap">
        <Radio.Group
          size="small"
          optionType="button"
          aria-label={name}
          disabled={!onRate}
          value={level}
          options={choosable.map(({ id, name: label }) => ({ value: id, label }))}
          onChange={(event) => onRate?.(event.target.value)}
        />
        {onRate && level !== null && (
          <Button size="small" type="text" onClick={() => onRate(null)}>
            {t('clearRating')}
          </Button>
        )}
      </div>
    </div>
  )
}
