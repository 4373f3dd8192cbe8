import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { useCustomerList } from './useCustomerList.ts'

/** How many there are, how many are chosen; while it counts, the last number in grey. */
export function CustomersFoot({ list, selected }: { list: ReturnType<typeof useCustomerList>; selected: number }) {
  const t = useText(text)
  const n = list.total === undefined ? '…' : formatNumber(list.total)
  return (
    <>
      <span className={list.isTotalOld ? 't3' : 't1'}>{list.isCapped ? t('countCapped', { n }) : t('count', { n })}</span>
      {selected > 0 && <span>{t('selectedCount', { n: formatNumber(selected) })}</span>}
    </>
  )
}
