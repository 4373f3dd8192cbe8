import { useQuery } from '@tanstack/react-query'
import { useDeferredValue } from 'react'
import { useApi } from '../../kernel/context.tsx'
import { formatPhone } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'

const SHORTEST = 5

/** How an address in one piece will be taken apart, shown before it is saved. */
export function AddressPreview({ value }: { value: unknown }) {
  const t = useText(text)
  const written = useDeferredValue(typeof value === 'string' ? value.trim() : '')
  const read = useQuery(
    useApi().addresses.read.queryOptions({
      input: { text: written },
      enabled: written.length >= SHORTEST,
      staleTime: Number.POSITIVE_INFINITY,
      meta: { shown: true },
    }),
  ).data
  if (written.length < SHORTEST || !read?.province) return t('addressHint')
  const { province, city, district, detail, name, phones } = read
  const parts = [province, city === province ? null : city, district, detail, name, ...phones.map(formatPhone)].filter(Boolean)
  return <span className="lit">{t('addressRead', { parts: parts.join(' · ') })}</span>
}
