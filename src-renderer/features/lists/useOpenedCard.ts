import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Filter, Rule, Sort } from '../../../src-shared/kernel/list.ts'
import { rememberPlace } from '../../components/neighbours/place.ts'
import type { RecordList } from './useRecordList.ts'

/** Where a card stands: in a column that is asked for like this, as which of how many; and how one goes on from it. */
export type CardPlace = {
  readonly index: number
  readonly total: number
  readonly rules: readonly (Rule | Filter)[]
  readonly sort: readonly Sort[] | undefined
  readonly step: (by: number) => void
}
type Opened<Row> = { readonly row: Row; readonly place: CardPlace | null; readonly result: string }
type Listed = Pick<RecordList<{ id: string }>['list'], 'to' | 'which' | 'sort' | 'address' | 'resultKey'>

/** The record beside a board, a calendar or a forecast of a list whose records have pages of their own. */
export function useOpenedCard<Row extends { readonly id: string }>(list: Listed) {
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened<Row> | null>(null)
  const openPage = (row: Row, place: CardPlace | null) => {
    const { filter, ...which } = list.which
    const rules = place?.rules ?? []
    const whole: Filter | undefined =
      rules.length > 0 ? { combinator: 'and', rules: [...rules, ...(filter ? [filter] : [])] } : filter
    rememberPlace(list.to, {
      which: { ...which, ...(whole && { filter: whole }) },
      sort: place?.sort ?? list.sort,
      // Beside a calendar one stands nowhere in an order.
      index: place?.index ?? 0,
      total: place?.total,
      address: list.address,
      id: place ? row.id : '',
    })
    void navigate({ to: `${list.to}/${row.id}` })
  }
  const place = opened?.result === list.resultKey ? opened.place : null
  return {
    opened: opened && { row: opened.row, place },
    open: (row: Row, at: CardPlace | null) => setOpened({ row, place: at, result: list.resultKey }),
    openRow: openPage,
    openPage: (row: Row) => openPage(row, place),
    stepBy: (by: number) => place?.step(by),
    close: () => setOpened(null),
    closeIf: (row: Row) => setOpened((old) => (old?.row.id === row.id ? null : old)),
  }
}
export type OpenedCard<Row extends { readonly id: string }> = ReturnType<typeof useOpenedCard<Row>>
