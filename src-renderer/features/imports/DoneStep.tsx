import { PauseOutlined, PlayCircleOutlined, RollbackOutlined } from '@ant-design/icons'
import { useQueries, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Progress } from 'antd'
import type { ImportDetail, ImportStateName } from '../../../src-shared/features/imports/model.ts'
import { CHANGED_IN } from '../../../src-shared/kernel/changedIn.ts'
import type { Which } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import { ErrorBox } from '../../components/states.tsx'
import { useApi, useClock } from '../../kernel/context.tsx'
import { refusalText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Equation } from './Equation.tsx'
import { FailedRows } from './FailedRows.tsx'
import { kindOf } from './kinds.ts'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { titleRows } from './rowCounts.ts'
import { type NamedPool, SeeInPool } from './SeeInPool.tsx'
import { type ImportWord, text } from './text.ts'
import { goAllIntoPools, goesIntoPools, namesPools } from './usePutTo.ts'

const TITLES: Partial<Record<ImportStateName, ImportWord>> = {
  running: 'running',
  paused: 'pausedTitle',
  cancelling: 'undoing',
  cancelled: 'cancelledTitle',
  done: 'doneTitle',
  undoing: 'undoing',
  undone: 'undoneTitle',
  failed: 'failedTitle',
  interrupted: 'interruptedTitle',
}

/** Step 5: how far it is, and what came of it. */
export function DoneStep({ detail, steps }: Pick<StepProps, 'detail' | 'steps'>) {
  const t = useText(text)
  const navigate = useNavigate()
  const working = ['running', 'paused', 'cancelling', 'undoing'].includes(detail.state)
  return (
    <Layout
      detail={detail}
      step={4}
      left={!working && <Button onClick={() => void navigate({ to: '/imports' })}>{t('another')}</Button>}
      sum={detail.state === 'done' && <Sum detail={detail} />}
      primary={working ? <ToBackground detail={detail} /> : <See detail={detail} />}
    >
      <div className="imp-center">
        <div className="b s16">{t(titleOf(detail))}</div>
        {detail.progress && <Bar detail={detail} />}
        {working && detail.state !== 'undoing' && (
          <div className="t3 s12 imp-said">{t(detail.state === 'paused' ? 'pausedHint' : 'runHint')}</div>
        )}
        {/* Of what was taken back nothing is left to count. */}
        {!working && !['undone', 'cancelled'].includes(detail.state) && <Counts detail={detail} />}
        {detail.state === 'done' && <Skips skips={detail.skips} />}
        {(detail.state === 'failed' || detail.state === 'interrupted') && (
          <ErrorBox title={refusalText('imports', detail.error ?? 'unexpected')} />
        )}
        {detail.undo && <UndoneCounts detail={detail} />}
        <Actions detail={detail} steps={steps} />
      </div>
    </Layout>
  )
}

/** Before the first row stands a backup. */
const titleOf = ({ state, progress }: ImportDetail): ImportWord =>
  state === 'running' && progress?.done === 0 ? 'backingUp' : (TITLES[state] ?? 'running')

/** What is left of it in the list: what was taken back is not there any more, but for what was kept. */
const hasRows = (detail: ImportDetail): boolean =>
  kindOf(detail).list === '/customers' && detail.state === 'done' && detail.counts.created + detail.counts.updated > 0

/** The customers of this import, or those its rows belong to, and no others; an address that can be handed on. */
const placeOf = (detail: ImportDetail) =>
  hasRows(detail)
    ? ({ to: '/customers', search: { batch: detail.batchId, file: detail.fileName } } as never)
    : ({ to: kindOf(detail).list } as never)

function ToBackground({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const navigate = useNavigate()
  return (
    <Button type="primary" onClick={() => void navigate({ to: kindOf(detail).list } as never)}>
      {t('toBackground')}
    </Button>
  )
}

/** Where to see what came in; lists leave out who lies in a pool, so of those the pool is the place. */
function See({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const navigate = useNavigate()
  const pools = usePoolsOf(detail)
  const { batchId, fileName, counts } = detail
  const open = (pool: string) => void navigate({ to: '/pools', search: { pool, batch: batchId, file: fileName } } as never)
  const isAll = pools.length > 0 && goAllIntoPools(detail) && counts.updated === 0
  return (
    <>
      {pools.length > 0 && <SeeInPool pools={pools} isAll={isAll} open={open} />}
      {!isAll && (
        <Button type="primary" onClick={() => void navigate(placeOf(detail))}>
          {t(hasRows(detail) ? (detail.entity === 'customer' ? 'seeThese' : 'seeTheirs') : `see_${detail.entity}`)}
        </Button>
      )}
    </>
  )
}

/** The pools that rows went into, of those that the caller sees: the one that stands by default, or where a column names them, those that hold any. */
function usePoolsOf(detail: ImportDetail): readonly NamedPool[] {
  const enabled = hasRows(detail) && goesIntoPools(detail)
  const api = useApi()
  const pools = useQuery({ ...api.pools.mine.queryOptions({ input: {}, staleTime: 60_000 }), enabled }).data ?? []
  const { poolId } = detail.options.defaults
  const ofCells = namesPools(detail)
  const which = (pool: string): Which => ({
    pool,
    filter: { combinator: 'and', rules: [{ field: CHANGED_IN, operator: '=', value: detail.batchId }] },
  })
  const held = useQueries({
    queries: pools.map(({ id }) => ({ ...api.customers.count.queryOptions({ input: which(id) }), enabled: enabled && ofCells })),
  })
  if (!enabled) return []
  return ofCells ? pools.filter((_, n) => (held[n]?.data?.count ?? 0) > 0) : pools.filter(({ id }) => id === poolId)
}

/** Why rows were skipped, each reason with its number. */
function Skips({ skips }: { skips: ImportDetail['skips'] }) {
  const t = useText(text)
  const reasons = Object.entries(skips)
  if (reasons.length === 0) return null
  return (
    <div className="t2 s12 imp-said">
      {t('skipped')}
      {t('colon')}
      {reasons.map(([reason, n]) => `${sliceWord('imports', `reasons.${reason}`) ?? reason} ${formatNumber(n)}`).join(' · ')}
    </div>
  )
}

const Sum = ({ detail }: { detail: ImportDetail }) => {
  const { created, updated, skipped, failed, rowsRead } = detail.counts
  return <Equation create={created} update={updated} skip={skipped} fail={failed} rows={rowsRead} titles={titleRows(detail)} />
}

function Bar({ detail }: { detail: ImportDetail }) {
  const { progress } = detail
  if (!progress) return null
  return (
    <>
      <Progress
        percent={progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : 0}
        showInfo={false}
        aria-label={`${formatNumber(progress.done)} / ${formatNumber(progress.total)}`}
        {...(detail.state === 'paused' && { status: 'normal' as const })}
      />
      <div className="num t2">
        <b>{formatNumber(progress.done)}</b> / {formatNumber(progress.total)}
      </div>
    </>
  )
}

/** As the backend grants them; the page's clock may run a minute behind. */
const UNDO_DAYS = 30
const FIGURES = ['created', 'updated', 'skipped', 'failed'] as const
const TONES = { created: 'tok', updated: 'tbrand', skipped: 't2', failed: 'tbad' }

function Counts({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  return (
    <div className="imp-figures">
      {FIGURES.map((key) => (
        <div key={key} className="card imp-figure">
          <div className={`imp-number num ${detail.counts[key] === 0 ? 't4' : TONES[key]}`}>
            {formatNumber(detail.counts[key])}
          </div>
          <div className="t3 s12">{t(key)}</div>
        </div>
      ))}
    </div>
  )
}

type Undone = NonNullable<NonNullable<ImportDetail['undo']>['records']>

/** As the import counted them: records of its kind; those that stayed are a click away where they have a page. */
function UndoneRecords({ detail, records, failed }: { detail: ImportDetail; records: Undone; failed: number }) {
  const t = useText(text)
  const { page } = kindOf(detail)
  const { reversed, kept, stayed } = records
  return (
    <>
      <div className="t1 imp-said">
        {t(`undone_${detail.entity}`, { n: formatNumber(reversed) })}
        {kept > 0 && t('undoneKept', { n: formatNumber(kept) })}
        {failed > 0 && t('undoneFailed', { n: formatNumber(failed) })}
      </div>
      {stayed.length > 0 && (
        <div className="col g6 imp-stayed" role="group" aria-label={t('keptHere')}>
          {stayed.map(({ id, name, why }) => (
            <span key={id} className="row g8 s12">
              {page === null ? (
                <span className="el" title={name}>
                  {name}
                </span>
              ) : (
                <Link className="el" title={name} to={`${page}${id}` as string}>
                  {name}
                </Link>
              )}
              <span className="t3">{sliceWord('history', `why.${why}`) ?? ''}</span>
            </span>
          ))}
        </div>
      )}
    </>
  )
}

function UndoneCounts({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const { undo } = detail
  if (!undo) return null
  if (undo.records) return <UndoneRecords detail={detail} records={undo.records} failed={undo.failed} />
  return (
    <div className="t2">
      {t('undoneCounts', {
        reversed: formatNumber(undo.reversed),
        kept: undo.kept > 0 ? t('undoneKept', { n: formatNumber(undo.kept) }) : '',
        failed: undo.failed > 0 ? t('undoneFailed', { n: formatNumber(undo.failed) }) : '',
      })}
    </div>
  )
}

function Actions({ detail, steps }: Pick<StepProps, 'detail' | 'steps'>) {
  const t = useText(text)
  const { nowMs } = useClock()
  const { counts, state } = detail
  const one = { id: detail.id }
  const askCancel = async () => {
    const n = formatNumber(counts.created + counts.updated)
    const question = { title: t('cancelTitle'), body: t('cancelBody', { n }), yes: t('cancelYes', { n }), no: t('cancelNo') }
    if (await confirm({ ...question, danger: true })) steps.cancel.mutate(one)
  }
  const askUndo = async () => {
    const sure = await confirm({
      title: t('undoTitle', { file: detail.fileName }),
      body: t('undoBody', { created: formatNumber(counts.created), updated: formatNumber(counts.updated) }),
      yes: t('undoYes', { n: formatNumber(counts.created + counts.updated) }),
      danger: true,
    })
    if (sure) steps.undo.mutate(one)
  }
  const days = detail.undoUntil === null ? 0 : Math.min(UNDO_DAYS, Math.ceil((Date.parse(detail.undoUntil) - nowMs) / 86_400_000))
  return (
    <div className="col g12 imp-actions">
      <div className="row g8">
        {state === 'running' && (
          <Button icon={<PauseOutlined />} loading={steps.pause.isPending} onClick={() => steps.pause.mutate(one)}>
            {t('pause')}
          </Button>
        )}
        {['paused', 'interrupted', 'failed'].includes(state) && (
          <Button
            type="primary"
            icon={<PlayCircleOutlined />}
            loading={steps.resume.isPending}
            onClick={() => steps.resume.mutate(one)}
          >
            {t('resume')}
          </Button>
        )}
        {['running', 'paused', 'interrupted', 'failed'].includes(state) && (
          <Button danger onClick={() => void askCancel()}>
            {t('cancel')}
          </Button>
        )}
        {state === 'done' && days > 0 && counts.created + counts.updated > 0 && (
          <Button icon={<RollbackOutlined />} loading={steps.undo.isPending} onClick={() => void askUndo()}>
            {t('undo')}
          </Button>
        )}
        {state === 'done' && days > 0 && counts.created + counts.updated > 0 && (
          <span className="t3 s12">{t('undoDays', { n: days })}</span>
        )}
      </div>
      {counts.failed > 0 && ['done', 'undone', 'failed'].includes(state) && <FailedRows detail={detail} steps={steps} />}
    </div>
  )
}
