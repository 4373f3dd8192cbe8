import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Availability } from '../../../src-shared/features/stock/model.ts'
import { unitsOf } from '../../../src-shared/kernel/documents/units.ts'
import { attempt, Refusal } from '../../../src-shared/kernel/refusal.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

/** What is free of products, by id; of nothing for who does not see stock. `orderId`: what is kept for it counts as free. */
export function useAvailable(productIds: readonly string[], orderId: string | null = null): ReadonlyMap<string, Availability> {
  const maySee = useCan('stock.read')
  const ids = [...new Set(productIds)].sort()
  const found = useQuery(
    useApi().stock.available.queryOptions({
      input: { productIds: ids as Availability['productId'][], orderId: orderId as never },
      enabled: maySee && ids.length > 0,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  ).data
  return new Map((found ?? []).map((one) => [one.productId, one]))
}

const isLess = (available: string, asked: string): boolean => {
  const units = attempt(() => unitsOf(asked))
  return !(units instanceof Refusal) && unitsOf(available) < units
}

/** 可用 n, amber when that is less than what is asked; nothing for what is not kept in stock. */
export function AvailableNote({ of, asked }: { of: Availability | undefined; asked: string }) {
  const t = useText(text)
  if (!of?.stocked) return null
  const { available, onHand, reserved, incoming } = of
  return (
    <span
      className={isLess(available, asked.trim()) ? 'num s12 twarn' : 'num s12 t3'}
      title={t('availableTitle', { onHand, reserved, incoming })}
    >
      {t('available', { n: available })}
    </span>
  )
}
