import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { leadEntity } from '../../../src-shared/features/leads/entity.ts'
import type { Lead } from '../../../src-shared/features/leads/model.ts'
import type { LeadPool, ListedWord, WordList } from '../../../src-shared/features/lead-settings/model.ts'
import type { FieldType } from '../../../src-shared/kernel/entity.ts'
import type { EditorKind, FieldOption } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import type { Translate } from '../../kernel/text.ts'
import type { LeadWord } from './text.ts'

export const FIELDS = leadEntity.fields
export const STATUS_TONE: Readonly<Record<Lead['status'], Tone>> = {
  new: 'brand',
  contacted: 'info',
  qualified: 'warn',
  converted: 'ok',
  invalid: 'ink',
}
export const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  phone: 'text',
  email: 'text',
  instant: 'instant',
  reference: 'select',
}
/** Whether a lead is still worked on. */
export const isOpen = ({ status, deletedAt }: Lead): boolean =>
  deletedAt === null && status !== 'converted' && status !== 'invalid'

const NO_WORDS: readonly ListedWord[] = []
const NO_POOLS: readonly LeadPool[] = []
const useWords = (list: WordList): readonly ListedWord[] =>
  useQuery(useApi().leadSettings.words.queryOptions({ input: { list }, staleTime: 60_000, meta: { shown: true } })).data ??
  NO_WORDS
/** The words of a list that may still be chosen. */
export function useWordOptions(list: WordList): readonly FieldOption[] {
  const words = useWords(list)
  return useMemo(() => words.filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name })), [words])
}
/** The pools that are in use. */
export function useLeadPools(): readonly LeadPool[] {
  const pools = useQuery(useApi().leadSettings.pools.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } })).data
  return useMemo(() => (pools ?? NO_POOLS).filter(({ archived }) => !archived), [pools])
}

const [MINUTE, HOUR, DAY] = [60, 3600, 86_400]
/** How long something took, in the two units that matter. */
export function timeText(t: Translate<LeadWord>, seconds: number): string {
  const whole = (n: number) => formatNumber(Math.floor(n))
  if (seconds < MINUTE) return t('seconds')
  if (seconds < HOUR) return t('minutes', { n: whole(seconds / MINUTE) })
  if (seconds < DAY) return t('hours', { h: whole(seconds / HOUR), m: whole((seconds % HOUR) / MINUTE) })
  return t('days', { d: whole(seconds / DAY), h: whole((seconds % DAY) / HOUR) })
}
