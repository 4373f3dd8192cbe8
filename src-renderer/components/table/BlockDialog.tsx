import { Button, Modal, Radio } from 'antd'
import { useState } from 'react'
import { dialogName } from '../dialogName.tsx'
import type { CellProblem, CellsReport } from '../../../src-shared/kernel/cells/model.ts'
import { formatNumber } from '../../kernel/format.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { BlockPlan } from './useCellBlock.ts'

type T = Translate<keyof (typeof text)['zh-CN']>
type BlockDialogProps = {
  plan: BlockPlan
  columns: readonly { key: string; title: string }[]
  feature: string
  onCancel: () => void
  onGoOn: (withNews: boolean) => void
}
const SHOWN = 200

/** What of a block can be taken and what cannot, cell by cell, before anything is written. */
export function BlockDialog({ plan, columns, feature, onCancel, onGoOn }: BlockDialogProps) {
  const t = useText(text)
  const { report, beyond, emptied } = plan
  const [withNews, setWithNews] = useState(report.created > 0)
  const rows = report.changed + (withNews ? report.created : 0)
  const problems = withNews ? report.problems : report.problems.filter(({ row }) => (row ?? 0) < plan.block.rows.length)
  return (
    <Modal open width={640} closable={false} footer={null} onCancel={onCancel} {...dialogName(t('blockTitle'))}>
      <div className="b s14">{t('blockTitle')}</div>
      <div className="t2 num block-sum">{summary(t, report)}</div>
      {emptied > 0 && <div className="twarn gap-above">{t('emptied', { n: formatNumber(emptied) })}</div>}
      {beyond.columns > 0 && <div className="t2 gap-above">{t('beyondColumns', { n: formatNumber(beyond.columns) })}</div>}
      {beyond.rows > 0 && <Beyond plan={plan} withNews={withNews} onWithNews={setWithNews} />}
      {problems.length > 0 && <Problems problems={problems} plan={plan} columns={columns} feature={feature} />}
      <div className="row g8 question-foot">
        <span className="grow t3 s12">{t('canUndoBlock')}</span>
        <Button onClick={onCancel}>{t('cancel')}</Button>
        <Button type="primary" autoFocus disabled={rows === 0} onClick={() => onGoOn(withNews)}>
          {rows === 0 ? t('nothingToWrite') : t('writeRows', { n: formatNumber(rows) })}
        </Button>
      </div>
    </Modal>
  )
}

/** 126 行会改 · 2 行没有权限 · 3 个值读不懂 */
function summary(t: T, { changed, refused, unchanged, left, stale }: CellsReport): string {
  const n = (count: number) => ({ n: formatNumber(count) })
  const parts = [
    t('sumChanged', n(changed)),
    refused > 0 && t('sumRefused', n(refused)),
    left - stale > 0 && t('sumLeft', n(left - stale)),
    stale > 0 && t('sumStale', n(stale)),
    unchanged > 0 && t('sumUnchanged', n(unchanged)),
  ]
  return parts.filter((part) => part !== false).join(' · ')
}

/** Rows below the end of the list: new records, or left out. */
function Beyond({ plan, withNews, onWithNews }: { plan: BlockPlan; withNews: boolean; onWithNews: (on: boolean) => void }) {
  const t = useText(text)
  const { report, beyond } = plan
  const n = { n: formatNumber(beyond.rows) }
  if (report.created === 0)
    return <div className="t2 gap-above">{t(beyond.mayCreate ? 'beyondNoName' : 'beyondRowsLeft', n)}</div>
  return (
    <div className="gap-above">
      <div className="t2">{t('beyondRows', n)}</div>
      <Radio.Group
        className="col g6 block-news"
        value={withNews}
        onChange={(event) => onWithNews(event.target.value as boolean)}
        options={[
          { value: true, label: t('makeRows', { n: formatNumber(report.created) }) },
          { value: false, label: t('leaveRows') },
        ]}
      />
    </div>
  )
}

type ProblemsProps = { problems: readonly CellProblem[] } & Pick<BlockDialogProps, 'plan' | 'columns' | 'feature'>
function Problems({ problems, plan, columns, feature }: ProblemsProps) {
  const t = useText(text)
  const titleOf = (field: string | null) => columns.find(({ key }) => key === field)?.title ?? field ?? ''
  const total = plan.report.left + plan.report.refused
  return (
    <div className="block-problems gap-above" tabIndex={0} role="region" aria-label={t('problems')}>
      <table className="plain-table">
        <thead>
          <tr>
            <th>{t('problemRow')}</th>
            <th>{t('problemColumn')}</th>
            <th>{t('problemValue')}</th>
            <th>{t('problemWhy')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.slice(0, SHOWN).map((problem, at) => (
            <tr key={at}>
              <td className="el">{rowWord(t, plan, problem)}</td>
              <td className="el">{titleOf(problem.field)}</td>
              <td className="el" title={problem.detail ?? undefined}>
                {problem.detail}
              </td>
              <td>{reason(t, feature, problem, titleOf(problem.field))}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {problems.length > SHOWN && (
        <div className="t3 s12 block-more">
          {t('moreProblems', { n: formatNumber(Math.max(total, problems.length) - SHOWN) })}
        </div>
      )}
    </div>
  )
}

function rowWord(t: T, { names, block }: BlockPlan, { row }: CellProblem): string {
  if (row === null) return t('wholeColumn')
  return names[row] ?? t('newRow', { n: formatNumber(row - block.rows.length + 1) })
}

/** The grid's own words for what a cell cannot take; what a rule of the record says, in its own. */
function reason(t: T, feature: string, { code }: CellProblem, label: string): string {
  const key = `why_${code}`
  return key in text['zh-CN']
    ? t(key as keyof (typeof text)['zh-CN'])
    : (sliceWord(feature, `refusals.${code}`, { label }) ?? code)
}
