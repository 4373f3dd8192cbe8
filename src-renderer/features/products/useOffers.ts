import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import type { Offer } from '../../../src-shared/features/quotes/model.ts'
import type { Offered } from '../../components/lines/LinesEditor.tsx'
import { yuanOf } from '../../components/lines/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatMoneyShort } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

type For = { customerId: CustomerId | null; on: string | null }
/** Products on sale for the words that are typed into a line, each with what this customer pays on the day, and why. */
export function useOffers({ customerId, on }: For): { search: (words: string) => void; offers: readonly Offered[] } {
  const t = useText(text)
  const [words, setWords] = useState('')
  const search = useDeferredValue(words.trim())
  const mayRead = useCan('products.read')
  const found = useQuery(
    useApi().quotes.offers.queryOptions({
      input: { search, customerId, on: on ?? '' },
      enabled: mayRead && on !== null,
      placeholderData: keepPreviousData,
    }),
  ).data
  const becauseOf = ({ because }: Offer): string => {
    if (because.key === 'levelList') return t('becauseLevel', { level: because.level ?? '', list: because.list ?? '' })
    if (because.key === 'everyList') return t('becauseList', { list: because.list ?? '' })
    return t(because.key === 'standard' ? 'becauseStandard' : 'becauseNone')
  }
  const offers = (found ?? []).map(
    (offer): Offered => ({
      value: offer.productId,
      label: [offer.name, offer.spec, offer.number].filter(Boolean).join(' · '),
      note: offer.priceFen === null ? becauseOf(offer) : `${formatMoneyShort(offer.priceFen)} ${becauseOf(offer)}`,
      fill: {
        productId: offer.productId,
        name: offer.name,
        spec: offer.spec ?? '',
        unit: offer.unit ?? '',
        price: yuanOf(offer.priceFen),
        taxRate: offer.taxRate ?? '',
        because: becauseOf(offer),
      },
    }),
  )
  return { search: setWords, offers }
}

const AT_ONCE = 20
/** Products that are kept in stock for the words that are typed into a line; a price they have none. */
export function useStockedOffers(): { search: (words: string) => void; offers: readonly Offered[] } {
  const [words, setWords] = useState('')
  const search = useDeferredValue(words.trim())
  const found = useQuery(
    useApi().products.list.queryOptions({
      input: {
        search,
        filter: { combinator: 'and', rules: [{ field: 'stocked', operator: '=', value: true }] },
        sort: [{ field: 'name', direction: 'asc' }],
        limit: AT_ONCE,
        offset: 0,
      },
      enabled: useCan('products.read'),
      placeholderData: keepPreviousData,
    }),
  ).data
  const offers = (found?.rows ?? []).map(
    ({ id, name, spec, number, unit }): Offered => ({
      value: id,
      label: [name, spec].filter(Boolean).join(' · '),
      note: number ?? '',
      fill: { productId: id, name, unit: unit ?? '', price: '' },
    }),
  )
  return { search: setWords, offers }
}
