import { RightOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Suspense, useState } from 'react'
import { addDays } from '../../../src-shared/kernel/zoned.ts'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { useClock } from '../../kernel/context.tsx'
import { wallOf } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useAsksBy } from './Todos.tsx'
import { plansIn, usePlans } from './usePlans.ts'
import type { Looking } from './useWorkbench.ts'

const PlanCalendar = later(() => import('./PlanCalendar.tsx').then((module) => module.PlanCalendar))

/** 今天的安排: whom one has agreed to contact today, hour by hour; the calendar behind it has the other days. */
export function Agenda({ looking }: { looking: Looking }) {
  return useAsksBy()('nextFollowUpAt') ? <Today looking={looking} /> : null
}

function Today({ looking }: { looking: Looking }) {
  const t = useText(text)
  const { nowMs } = useClock()
  const [open, setOpen] = useState(false)
  const { today, zone } = looking.day
  const found = usePlans(looking, { from: today, to: addDays(today, 1) })
  const plans = plansIn(found.data?.rows)
  return (
    <section className="card wb-agenda" aria-labelledby="wb-agenda">
      <header className="ch">
        <h2 id="wb-agenda">{t('agenda')}</h2>
        <button type="button" className="bare more row g4" onClick={() => setOpen(true)}>
          {t('calendar')} <RightOutlined className="tiny" />
        </button>
      </header>
      {found.error && !found.data && <LoadFailed error={found.error} feature="customers" onRetry={() => void found.refetch()} />}
      {!found.data && !found.error && <SkeletonRows rows={4} height={44} />}
      {found.data && plans.length === 0 && <Nothing>{t('nothingToday')}</Nothing>}
      <ul className="wb-agenda-list">
        {plans.map((plan) => (
          <li key={plan.id}>
            <Link to={`/customers/${plan.id}`} className={`wb-slot${Date.parse(plan.nextFollowUpAt) < nowMs ? ' past' : ''}`}>
              <span className="num">{wallOf(plan.nextFollowUpAt, zone).slice(11)}</span>
              <span className="col wb-slot-what">
                <span className="el">{plan.name}</span>
                {plan.ownerName && <span className="t3 s12 el">{plan.ownerName}</span>}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <Suspense>{open && <PlanCalendar looking={looking} onClose={() => setOpen(false)} />}</Suspense>
    </section>
  )
}
