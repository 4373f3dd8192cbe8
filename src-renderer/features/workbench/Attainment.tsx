import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import type { TargetKind } from '../../../src-shared/features/targets/keys.ts'
import { LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { useCan } from '../../kernel/context.tsx'
import { formatPercent, formatWan } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { ReachedDrawer, useKinds } from '../reports/public.ts'
import { text } from './text.ts'
import { targetPeriod, useAttained } from './useAttained.ts'
import type { Looking } from './useWorkbench.ts'

/** 目标完成: what is reached of each kind of target by those one looks at, with a tick for the time that is gone. */
export function Attainment({ looking }: { looking: Looking }) {
  const t = useText(text)
  const kinds = useKinds()
  const [opened, setOpened] = useState<TargetKind | null>(null)
  const period = targetPeriod(looking)
  const first = useAttained(looking, kinds[0] ?? 'won', kinds.length > 0)
  if (kinds.length === 0) return null
  const elapsed = first.data?.elapsed
  return (
    <section className="card wb-attainment" aria-labelledby="wb-attainment">
      <header className="ch">
        <h2 id="wb-attainment">{t('attainment')}</h2>
        <span className="t3 s12 num">{period}</span>
        <span className="grow" />
        {elapsed !== undefined && <span className="t3 s12 num">{t('elapsed', { share: formatPercent(elapsed) })}</span>}
      </header>
      {first.error && !first.data && <LoadFailed error={first.error} feature="targets" onRetry={() => void first.refetch()} />}
      <ul className="wb-aims">
        {kinds.map((kind) => (
          <Aim key={kind} looking={looking} kind={kind} onOpen={() => setOpened(kind)} />
        ))}
      </ul>
      <Suspense>
        {opened && (
          <ReachedDrawer
            title={t('reachedBy', { who: period, what: t(`kind_${opened}`) })}
            of={{ period, kind: opened, whose: looking.whose, aim: null }}
            onClose={() => setOpened(null)}
          />
        )}
      </Suspense>
    </section>
  )
}

function Aim({ looking, kind, onOpen }: { looking: Looking; kind: TargetKind; onOpen: () => void }) {
  const t = useText(text)
  const maySet = useCan('targets.manage')
  const { data } = useAttained(looking, kind)
  if (!data)
    return (
      <li>
        <SkeletonRows rows={1} height={30} />
      </li>
    )
  const { elapsed, together } = data
  const { target, achieved, count, attainment } = together
  const tone = attainment === null ? 'faint' : attainment >= elapsed ? 'ok' : 'late'
  return (
    <li>
      <span className="row g8">
        <span>{t(`kind_${kind}`)}</span>
        {count === 0 ? (
          <span className="num t3">0</span>
        ) : (
          <button type="button" className="bare num wb-opens" data-reached={kind} onClick={onOpen}>
            {target === null ? t('wan', { n: formatWan(achieved) }) : formatWan(achieved)}
          </button>
        )}
        <span className="t3 s12 num el">
          {target !== null ? (
            `/ ${t('wan', { n: formatWan(target) })}`
          ) : maySet ? (
            <Link to="/reports/targets">{t('setTargets')}</Link>
          ) : (
            t('noTarget')
          )}
        </span>
        <span className="grow" />
        <b className={`num ${tone === 'ok' ? 'tok' : tone === 'late' ? 'twarn' : 't3'}`}>
          {attainment === null ? '' : formatPercent(attainment)}
        </b>
      </span>
      <span className="wb-track">
        <i className={tone} style={{ width: `${Math.min(100, (attainment ?? 0) * 100)}%` }} />
        {target !== null && elapsed < 1 && <s style={{ left: `${elapsed * 100}%` }} />}
      </span>
    </li>
  )
}
