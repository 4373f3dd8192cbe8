import { SettingOutlined } from '@ant-design/icons'
import { Segmented } from 'antd'
import { Suspense } from 'react'
import { PERIODS, type PeriodKey } from '../../../src-shared/features/workbench/period.ts'
import { IconButton, PageHead } from '../../components/page.tsx'
import { text as componentText } from '../../components/text.ts'
import { dayText } from '../../components/values.tsx'
import { useClock } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { Bell } from '../notifications/public.ts'
import { text } from './text.ts'
import type { Workbench } from './useWorkbench.ts'

const RangeChoice = later(() => import('./RangeChoice.tsx').then((module) => module.RangeChoice))

/** A choice brings more along than all the rest of the page: it comes when the page stands. */
const Whose = later(() => import('./Whose.tsx').then((module) => module.Whose))

/** Title, whose work and which period: once, for everything below. */
export function Head({ bench, onEdit }: { bench: Workbench; onEdit: () => void }) {
  const t = useText(text)
  const words = useText(componentText)
  const clock = useClock()
  const isPhone = useIsPhone()
  const today = dayText(words, new Date(clock.nowMs).toISOString(), clock)
  if (isPhone)
    return (
      <>
        <PageHead title={t('title')} note={today}>
          <IconButton icon={<SettingOutlined />} title={t('editLayout')} onClick={onEdit} />
          <Bell />
        </PageHead>
        <div className="wb-phone-bar">
          <Suspense>
            <Whose bench={bench} />
          </Suspense>
          <Period bench={bench} />
        </div>
      </>
    )
  return (
    <PageHead title={t('title')} note={today}>
      <Suspense>
        <Whose bench={bench} />
      </Suspense>
      <Period bench={bench} />
      <IconButton icon={<SettingOutlined />} title={t('editLayout')} onClick={onEdit} />
    </PageHead>
  )
}

function Period({ bench: { chosen, choose, looking } }: { bench: Workbench }) {
  const t = useText(text)
  const today = looking?.day.today ?? ''
  return (
    <>
      <Segmented<PeriodKey>
        aria-label={t('period')}
        value={chosen.period}
        onChange={(period) => choose({ period, ...(period === 'custom' && !chosen.from && { from: today, to: today }) })}
        options={PERIODS.map((value) => ({ value, label: t(`p_${value}`) }))}
      />
      {chosen.period === 'custom' && (
        <Suspense>
          <RangeChoice from={chosen.from} to={chosen.to} onChange={choose} />
        </Suspense>
      )}
    </>
  )
}
