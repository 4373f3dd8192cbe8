import { Button, Progress } from 'antd'
import { refusalText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ErrorBox } from '../../components/states.tsx'
import { BuiltInRules } from './BuiltInRules.tsx'
import { Clusters } from './Clusters.tsx'
import { FacetPanel } from './FacetPanel.tsx'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { OwnRules } from './OwnRules.tsx'
import { text } from './text.ts'
import { useCleaning } from './useCleaning.ts'

/** Step 3: what will be unified, with counts and examples; spellings that are likely one; the user's own rules; the values of each column. */
export function CleanStep({ detail, steps, go }: StepProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const cleaning = useCleaning(detail, steps)
  const working = detail.state === 'preparing' || steps.setOptions.isPending || steps.prepare.isPending
  const ready = detail.state === 'ready' && !working
  return (
    <Layout
      detail={detail}
      step={2}
      go={go}
      left={
        <Button disabled={working} onClick={() => go(1)}>
          {t('back')}
        </Button>
      }
      sum={cleaning.isChanged && ready && <span className="twarn">{t('notYetApplied')}</span>}
      primary={
        cleaning.isChanged ? (
          <Button type="primary" loading={working} onClick={cleaning.apply}>
            {t('cleanAgain')}
          </Button>
        ) : (
          <Button type="primary" disabled={!ready} loading={working} onClick={() => go(3)}>
            {t('nextCheck')}
          </Button>
        )
      }
    >
      {working && <Working detail={detail} />}
      {detail.state === 'failed' && !working && (
        <div className="imp-pad">
          <ErrorBox
            title={refusalText('imports', detail.error ?? 'unexpected')}
            onRetry={() => steps.prepare.mutate({ id: detail.id })}
          />
        </div>
      )}
      {ready && (
        <div className="row stretch grow mh0 imp-cleaning">
          <div className="grow imp-clean">
            <BuiltInRules detail={detail} cleaning={cleaning} />
            <Clusters detail={detail} cleaning={cleaning} />
            <OwnRules detail={detail} cleaning={cleaning} />
          </div>
          {!isPhone && <FacetPanel detail={detail} cleaning={cleaning} go={go} />}
        </div>
      )}
    </Layout>
  )
}

function Working({ detail }: { detail: StepProps['detail'] }) {
  const t = useText(text)
  const { progress } = detail
  const share = progress && progress.total > 0 ? Math.round((progress.done / progress.total) * 100) : 0
  return (
    <div className="imp-center">
      <div className="b s14">{t('cleaning')}</div>
      <Progress percent={share} showInfo={false} aria-label={t('cleaning')} />
      <div className="t3 num">
        {formatNumber(Math.min(progress?.done ?? 0, detail.dataRows))} / {formatNumber(detail.dataRows)}
      </div>
    </div>
  )
}
