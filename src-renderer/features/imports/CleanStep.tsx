import { ArrowRightOutlined } from '@ant-design/icons'
import { Button, Progress, Switch } from 'antd'
import { useState } from 'react'
import { type CleaningRule, FIXED_RULES, type RuleReport } from '../../../src-shared/features/imports/model.ts'
import { ErrorBox, Nothing } from '../../components/states.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { refusalText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { Layout, type StepProps } from './ImportLayout.tsx'
import { text } from './text.ts'

/** Step 3: what will be unified, with counts and examples; each rule can be switched off. */
export function CleanStep({ detail, steps, go }: StepProps) {
  const t = useText(text)
  const [off, setOff] = useState<readonly CleaningRule[]>(detail.options.rulesOff)
  const changed = JSON.stringify([...off].sort()) !== JSON.stringify([...detail.options.rulesOff].sort())
  const working = detail.state === 'preparing' || steps.setRules.isPending || steps.prepare.isPending
  const again = () =>
    steps.setRules.mutate({ id: detail.id, off: [...off] }, { onSuccess: () => steps.prepare.mutate({ id: detail.id }) })
  const ready = detail.state === 'ready'
  return (
    <Layout
      detail={detail}
      step={2}
      left={
        <Button disabled={working} onClick={() => go(1)}>
          {t('back')}
        </Button>
      }
      primary={
        changed ? (
          <Button type="primary" loading={working} onClick={again}>
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
      {detail.state === 'failed' && (
        <div className="imp-pad">
          <ErrorBox
            title={refusalText('imports', detail.error ?? 'unexpected')}
            onRetry={() => steps.prepare.mutate({ id: detail.id })}
          />
        </div>
      )}
      {ready && (
        <div className="imp-pad">
          <div className="b imp-gap">{detail.rules && detail.rules.length > 0 ? t('cleanHead') : t('cleanNothing')}</div>
          <div className="imp-rules">
            {detail.rules?.map((rule) => (
              <Rule
                key={rule.rule}
                rule={rule}
                on={!off.includes(rule.rule)}
                onSwitch={(on) => setOff(on ? off.filter((one) => one !== rule.rule) : [...off, rule.rule])}
              />
            ))}
          </div>
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
      <Progress percent={share} showInfo={false} />
      <div className="t3 num">
        {formatNumber(Math.min(progress?.done ?? 0, detail.dataRows))} / {formatNumber(detail.dataRows)}
      </div>
    </div>
  )
}

function Rule({ rule, on, onSwitch }: { rule: RuleReport; on: boolean; onSwitch: (on: boolean) => void }) {
  const t = useText(text)
  const [shown, setShown] = useState(false)
  const samples = shown ? rule.samples : rule.samples.slice(0, 2)
  return (
    <section className={`card imp-rule${on ? '' : ' off'}`}>
      <div className="row g12">
        {!FIXED_RULES.includes(rule.rule) && (
          <Switch size="small" checked={on} aria-label={t(`r_${rule.rule}`)} onChange={onSwitch} />
        )}
        <span className="b">{t(`r_${rule.rule}`)}</span>
        <span className="grow" />
        <span className="t2 num">{t('cells', { n: formatNumber(rule.count) })}</span>
      </div>
      {rule.samples.length === 0 ? (
        on && <Nothing>—</Nothing>
      ) : (
        <button type="button" className="bare imp-samples-list" onClick={() => setShown(!shown)}>
          {samples.map((sample) => (
            <span key={`${sample.row} ${sample.header}`} className="imp-diff s12">
              <span className="t3 num">{t('rowN', { n: sample.row })}</span>
              <span className="lit el imp-before">{sample.before}</span>
              <ArrowRightOutlined className="t4" />
              <span className="lit el imp-after">{sample.after === '' ? t('emptyValue') : sample.after}</span>
            </span>
          ))}
        </button>
      )}
    </section>
  )
}
