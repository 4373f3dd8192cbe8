import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Filter, Rule, Sort } from '../../../../src-shared/kernel/list.ts'
import { rememberPlace } from '../../../components/neighbours/place.ts'
import type { OpportunityList } from '../words.ts'

/** Where a card stands: in a column that is asked for like this, as which of how many; and how one goes on from it. */
export type CardPlace = {
  readonly index: number
  readonly total: number
  readonly rules: readonly (Rule | Filter)[]
  readonly sort: readonly Sort[] | undefined
  readonly step: (by: number) => void
}
type Opened = { readonly row: Opportunity; readonly place: CardPlace | null; readonly result: string }

/** The record beside a board, a calendar or a forecast. */
export function useOpenedCard(list: OpportunityList) {
  const navigate = useNavigate()
  const [opened, setOpened] = useState<Opened | null>(null)
  const openPage = (row: Opportunity, place: CardPlace | null) => {
    const { filter, ...which } = list.which
    const rules = place?.rules ?? []
    const whole: Filter | undefined =
      rules.length > 0 ? { combinator: 'and', rules: [...rules, ...(filter ? [filter] : [])] } : filter
    rememberPlace('/opportunities', {
      which: { ...which, ...(whole && { filter: whole }) },
      sort: place?.sort ?? list.sort,
      // Beside a calendar one stands nowhere in an order.
      index: place?.index ?? 0,
      total: place?.total,
      address: list.address,
      id: place ? row.id : '',
    })
    void navigate({ to: `/opportunities/${row.id}` })
  }
  const place = opened?.result === list.resultKey ? opened.place : null
  return {
    opened: opened && { row: opened.row, place },
    open: (row: Opportunity, at: CardPlace | null) => setOpened({ row, place: at, result: list.resultKey }),
    openRow: openPage,
    openPage: (row: Opportunity) => openPage(row, place),
    stepBy: (by: number) => place?.step(by),
    close: () => setOpened(null),
    closeIf: (row: Opportunity) => setOpened((old) => (old?.row.id === row.id ? null : old)),
  }
}
export type OpenedCard = ReturnType<typeof useOpenedCard>
