import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { askedOnWay, missingFor } from '../../../src-shared/features/opportunities/rules.ts'
import type { AskableField, LostReason, Pipeline, Stage } from '../../../src-shared/features/pipelines/model.ts'
import type { FieldType } from '../../../src-shared/kernel/entity.ts'
import type { EditorKind } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'
import { useApi } from '../../kernel/context.tsx'
import type { RecordList } from '../lists/public.ts'

export const FIELDS = opportunityEntity.fields
export const STATE_TONE: Readonly<Record<Opportunity['state'], Tone>> = { open: 'brand', won: 'ok', lost: 'ink' }
export const EDITOR: Partial<Record<FieldType, EditorKind>> = {
  text: 'text',
  longText: 'longText',
  money: 'money',
  date: 'date',
  instant: 'instant',
  reference: 'select',
}
/** A record is chosen where there is room to look for it. */
export const EDITED_ELSEWHERE: ReadonlySet<string> = new Set(['customerId', 'contactId'])

const NO_PIPELINES: readonly Pipeline[] = []
const NO_REASONS: readonly LostReason[] = []
export const usePipelines = (): readonly Pipeline[] =>
  useQuery(useApi().pipelines.list.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } })).data ?? NO_PIPELINES
/** The reasons that may still be given. */
export function useReasons(): readonly LostReason[] {
  const reasons = useQuery(useApi().pipelines.reasons.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } })).data
  return useMemo(() => (reasons ?? NO_REASONS).filter(({ archived }) => !archived), [reasons])
}
type Going = { readonly row: Opportunity; readonly stage: Stage; readonly pipelines: readonly Pipeline[] }
/** What is asked for on the way of an opportunity into a stage, and which of it is not there yet. */
export function askedOf({ row, stage, pipelines }: Going): { asked: AskableField[]; lacks: boolean } {
  const stages = pipelines.find(({ id }) => id === stage.pipelineId)?.stages ?? [stage]
  const asked = askedOnWay(stages, row.stageId, stage.id) as AskableField[]
  // Of lines a row tells only the first product; where it names none, they are looked at before it goes.
  return { asked, lacks: missingFor({ required: asked }, { ...row, lines: row.productId }).length > 0 }
}
export type OpportunityList = RecordList<Opportunity>['list']
