import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BulkEdit } from '../../../src-shared/features/customers/contract.ts'
import type { BulkPreview, Selection } from '../../../src-shared/kernel/list.ts'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { type CustomerWord, text } from './text.ts'

type Asked = { act: 'edit'; selection: Selection; values: BulkEdit } | { act: 'remove'; selection: Selection }
const SETTLE_MS = 250

/** What a bulk action would do, counted when the choosing rests for a moment. */
export function useBulkPreview(asked: Asked | null): UseQueryResult<BulkPreview> {
  const key = asked === null ? null : JSON.stringify(asked)
  const [settled, setSettled] = useState<string | null>(null)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), SETTLE_MS)
    return () => clearTimeout(timer)
  }, [key])
  return useQuery(
    useApi().customers.previewMany.queryOptions({
      // Disabled without a question: the input is only there for the type.
      input: settled === null ? { act: 'remove', selection: { ids: ['-'] } } : (JSON.parse(settled) as Asked),
      enabled: settled !== null && settled === key,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
}

/** 126 个会改，2 个没有权限，10 个没有变化 */
export function previewText(
  t: Translate<CustomerWord>,
  { changed, refused, unchanged, because }: BulkPreview,
  act: Asked['act'] = 'edit',
): string {
  const n = (count: number) => ({ n: formatNumber(count) })
  const full = because?.['holdingFull'] ?? 0
  const incomplete = because?.['requiredMissing'] ?? 0
  const held = because?.['moneyHangs'] ?? 0
  const rights = refused - full - incomplete - held
  const parts = [
    t(act === 'remove' ? 'previewRemoved' : 'previewChanged', n(changed)),
    rights > 0 && t('previewRefused', n(rights)),
    full > 0 && t('previewFull', n(full)),
    held > 0 && t('previewHeld', n(held)),
    incomplete > 0 && t('previewIncomplete', n(incomplete)),
    unchanged > 0 && t('previewUnchanged', n(unchanged)),
  ]
  return parts.filter((part) => part !== false).join(t('previewJoin'))
}

export function BulkPreviewLine({ preview }: { preview: UseQueryResult<BulkPreview> }) {
  const t = useText(text)
  if (preview.error) return <div className="tbad s12">{failureText(preview.error, 'customers')}</div>
  return (
    <div className={`s12 num bulk-preview ${preview.isPlaceholderData ? 't3' : 't2'}`} role="status">
      {preview.data ? previewText(t, preview.data) : ''}
    </div>
  )
}
