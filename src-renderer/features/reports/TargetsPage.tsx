import './reports.css'
import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { type ClipboardEvent, type KeyboardEvent, useState } from 'react'
import { TARGET_KINDS, type TargetKind } from '../../../src-shared/features/targets/keys.ts'
import type { Aim, Aimed, Target, TargetCell } from '../../../src-shared/features/targets/model.ts'
import { sameAim, targetFor } from '../../../src-shared/features/targets/rules.ts'
import { IconButton } from '../../components/page.tsx'
import { EmptyState, LoadFailed, SkeletonRows } from '../../components/states.tsx'
import { parseClipboard } from '../../components/table/clipboard.ts'
import { useApi, useClient, useClock } from '../../kernel/context.tsx'
import { businessDateOf, formatMoneyShort, formatNumber } from '../../kernel/format.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { KindChoice } from './KindChoice.tsx'
import { ReportTabs } from './ReportHead.tsx'
import { blockCells, fenOf, periodsOf } from './targetCells.ts'
import { text } from './text.ts'

/** 业绩目标: months, quarters and the year, by department and person; typed, or pasted as a block from Excel. */
export function TargetsPage() {
  const t = useText(text)
  const { nowMs, zone } = useClock()
  const isPhone = useIsPhone()
  const [year, setYear] = useState(() => Number(businessDateOf(nowMs, zone).slice(0, 4)))
  const [kind, setKind] = useState<TargetKind>('won')
  const found = useQuery(
    useApi().targets.grid.queryOptions({ input: { year, kind }, placeholderData: keepPreviousData, meta: { shown: true } }),
  )
  return (
    <main className="page paper">
      <ReportTabs at="targets" />
      <div className="bar rp-bar">
        <IconButton icon={<LeftOutlined />} title={t('previousYear')} onClick={() => setYear(year - 1)} />
        <b className="num">{year}</b>
        <IconButton icon={<RightOutlined />} title={t('nextYear')} onClick={() => setYear(year + 1)} />
        <KindChoice kinds={TARGET_KINDS} kind={kind} onKind={setKind} />
        <span className="t3 s12 el">{isPhone ? t('readOnlyPhone') : t('targetsHint')}</span>
      </div>
      <div className="rp-body">
        {!found.data && found.error && <LoadFailed error={found.error} feature="targets" onRetry={() => void found.refetch()} />}
        {!found.data && !found.error && <SkeletonRows rows={10} height={32} />}
        {found.data?.aims.length === 0 && <EmptyState title={t('emptyTargets')} />}
        {found.data && found.data.aims.length > 0 && <GridOf year={year} kind={kind} isPhone={isPhone} {...found.data} />}
      </div>
    </main>
  )
}

type GridProps = { year: number; kind: TargetKind; isPhone: boolean; aims: readonly Aimed[]; targets: readonly Target[] }
function GridOf({ year, kind, isPhone, aims, targets }: GridProps) {
  const t = useText(text)
  const client = useClient()
  const periods = periodsOf(year)
  const set = useMutation({
    mutationKey: [['targets', 'set']],
    mutationFn: (cells: TargetCell[]) => client.targets.set({ kind, cells }),
    onSuccess: ({ changed }) => {
      if (changed > 0) toast(t('saved', { n: formatNumber(changed) }))
    },
  })
  const headOf = (period: string): string => {
    const part = period.slice(5)
    return part === '' ? t('wholeYear') : part.startsWith('Q') ? part : t('monthShort', { n: Number(part) })
  }
  const paste = (event: ClipboardEvent, row: number, column: number) => {
    const block = parseClipboard(event.clipboardData)
    if (block.length === 1 && block[0]?.length === 1) return
    event.preventDefault()
    const { cells, wrong, outside, refused } = blockCells({ aims, periods, block, row, column })
    if (wrong !== null) {
      toast(t('notANumber', { value: wrong }))
      return
    }
    if (outside > 0) toast(t('pastedOutside', { n: outside }))
    if (refused > 0) toast(t('pastedRefused', { n: refused }))
    if (cells.length > 0) set.mutate(cells)
  }
  return (
    <div className="card rp-scroll rp-targets">
      <table>
        <thead>
          <tr>
            <th scope="col">{t('name')}</th>
            {periods.map((period) => (
              <th scope="col" key={period} className={period.length === 7 && !period.includes('Q') ? '' : 'rp-whole'}>
                {headOf(period)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {aims.map(({ aim, name, depth, mayEdit }, row) => (
            <tr key={aim.id} className={aim.of}>
              <th scope="row" className="el" style={{ paddingLeft: 12 + depth * 14 }}>
                {name}
              </th>
              {periods.map((period, column) => (
                <td key={period}>
                  <Cell
                    label={`${name} ${period}`}
                    {...amountsOf(targets, aim, period)}
                    mayEdit={mayEdit && !isPhone}
                    onPaste={(event) => paste(event, row, column)}
                    onSet={(amount) => set.mutate([{ period, aim, amount }])}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** What was set for exactly this period, and what it comes to by its parts. */
function amountsOf(targets: readonly Target[], aim: Aim, period: string): { own: number | null; sum: number | null } {
  const set = new Map(targets.flatMap((one) => (sameAim(one.aim, aim) ? [[one.period, one.amount] as const] : [])))
  return { own: set.get(period) ?? null, sum: targetFor(set, period) }
}

type CellProps = {
  label: string
  own: number | null
  sum: number | null
  mayEdit: boolean
  onPaste: (event: ClipboardEvent) => void
  onSet: (amount: number | null) => void
}
function Cell({ label, own, sum, mayEdit, onPaste, onSet }: CellProps) {
  const t = useText(text)
  const [typed, setTyped] = useState<string | null>(null)
  if (!mayEdit) return <span className={own === null ? 'num t3' : 'num'}>{sum === null ? '' : formatMoneyShort(sum)}</span>
  const leave = () => {
    if (typed === null) return
    const amount = fenOf(typed)
    setTyped(null)
    if (amount === undefined) toast(t('notANumber', { value: typed }))
    else if (amount !== own) onSet(amount)
  }
  const onKey = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Escape') setTyped(null)
    if (event.key === 'Enter') event.currentTarget.blur()
  }
  return (
    <input
      className="num"
      inputMode="decimal"
      aria-label={label}
      placeholder={own === null && sum !== null ? formatMoneyShort(sum) : ''}
      value={typed ?? (own === null ? '' : formatMoneyShort(own))}
      onChange={(event) => setTyped(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={leave}
      onKeyDown={onKey}
      onPaste={onPaste}
    />
  )
}
