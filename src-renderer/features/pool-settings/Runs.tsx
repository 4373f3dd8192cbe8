import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Run } from '../../../src-shared/features/pools/ruleModel.ts'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { InstantText } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 执行记录: what each run took, and the way back. */
export function Runs() {
  const t = useText(text)
  const undo = useUndo()
  const runs = useQuery(useApi().pools.runs.queryOptions({ input: {}, meta: { shown: true } }))
  const result = (run: Run) => {
    if (run.state === 'held') return <span className="twarn">{t('held', { n: formatNumber(run.due) })}</span>
    const parts = [
      t('moved', { n: formatNumber(run.moved) }),
      ...(run.kept > 0 ? [t('kept', { n: formatNumber(run.kept) })] : []),
      ...(run.reminded > 0 ? [t('reminded', { n: formatNumber(run.reminded) })] : []),
    ]
    return parts.join(t('list'))
  }
  const back = (run: Run) => {
    if (run.moved === 0) return null
    if (run.batchId === null) return <span className="t3 s12">{t('undone')}</span>
    return (
      <Button
        size="small"
        type="text"
        onClick={() => void undo.nowBatch(t('ran', { n: formatNumber(run.moved) }), run.batchId ?? '')}
      >
        {t('undo')}
      </Button>
    )
  }
  return (
    <Section title={t('runs')}>
      <Loaded query={runs} feature="pools" rows={3}>
        {(rows) => (
          <ListTable<Run>
            rows={rows}
            rowKey={({ id }) => id}
            empty={<Nothing>{t('runsEmpty')}</Nothing>}
            columns={[
              { key: 'at', title: t('at'), width: 140, render: ({ at }) => <InstantText at={at} /> },
              { key: 'rule', title: t('rule'), width: 180, render: ({ ruleName }) => ruleName },
              { key: 'by', title: t('by'), width: 110, render: ({ byName }) => byName ?? t('night') },
              { key: 'result', title: t('result'), render: result },
              { key: 'acts', title: '', width: 80, align: 'right', render: back },
            ]}
            describe={(run) => ({
              title: run.ruleName,
              facts: [<InstantText key="at" at={run.at} />, run.byName ?? t('night'), result(run)],
              state: back(run),
            })}
          />
        )}
      </Loaded>
    </Section>
  )
}
