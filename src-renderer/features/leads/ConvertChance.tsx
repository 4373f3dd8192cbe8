import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input } from 'antd'
import type { ReactNode } from 'react'
import { opportunityEntity } from '../../../src-shared/features/opportunities/entity.ts'
import type { Conversion } from '../../../src-shared/features/leads/model.ts'
import type { becoming } from '../../../src-shared/features/leads/rules.ts'
import { Picker } from '../../components/Picker.tsx'
import { fieldRightOf, useApi, useMe } from '../../kernel/context.tsx'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { RecordInput } from '../fields/forms.ts'
import { text } from './text.ts'

export type Begun = ReturnType<typeof becoming>
export type Parts = { customer: Begun['customer']; contact: Conversion['contact']; opportunity: Conversion['opportunity'] }
export type PartProps = { begun: Begun; parts: Parts; onChange: (parts: Parts) => void }

type Chance = NonNullable<Conversion['opportunity']>
/** What is always offered, and what else the stage may ask for. */
const ALWAYS = ['amount', 'expectedOn'] as const
const ASKED = ['nextStep', 'nextAt', 'competitor', 'note'] as const

/** The chance to sell that a lead becomes, with what its first stage asks for. */
export function ConvertChance({ begun, parts, onChange }: PartProps) {
  const t = useText(text)
  const pipelines = useQuery(useApi().pipelines.list.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } })).data
  const me = useMe()
  const writes = (key: string): boolean => fieldRightOf(me, 'opportunity', key) === 'write'
  const { opportunity } = parts
  const { source: _source, ...plain } = begun.opportunity
  const first = writes('source') ? begun.opportunity : plain
  const living = (pipelines ?? []).filter(({ archived }) => !archived)
  const at = living.find(({ stages }) => stages.some(({ id }) => id === opportunity?.stageId)) ?? living[0]
  const begins = (id?: string) =>
    living.find((one) => one.id === id)?.stages.find(({ kind, archived }) => kind === 'open' && !archived)
  const required: readonly string[] = begins(at?.id)?.required ?? []
  const set = (values: Partial<Chance>) => opportunity && onChange({ ...parts, opportunity: { ...opportunity, ...values } })
  return (
    <div className="lead-part">
      <Checkbox
        checked={opportunity !== null}
        onChange={({ target }) => onChange({ ...parts, opportunity: target.checked ? first : null })}
      >
        {t('withOpportunity')}
      </Checkbox>
      {opportunity && (
        <div className="lead-map gap-above">
          <Line label={t('opportunityName')}>
            <Input value={opportunity.name} maxLength={200} onChange={({ target }) => set({ name: target.value })} />
          </Line>
          {writes('source') && (
            <Line label={fieldWord('opportunities', 'source')}>
              <Input
                value={opportunity.source ?? ''}
                maxLength={100}
                onChange={({ target }) => set({ source: target.value || null })}
              />
            </Line>
          )}
          {living.length > 1 && (
            <>
              <span className="t3">{t('pipeline')}</span>
              <Picker
                aria-label={t('pipeline')}
                value={(at?.id as string | undefined) ?? null}
                onChange={(id) => {
                  const stageId = begins(String(id))?.id
                  if (stageId) set({ stageId })
                }}
                options={living.map(({ id, name }) => ({ value: id as string, label: name }))}
              />
            </>
          )}
          {[...ALWAYS, ...ASKED.filter((key) => required.includes(key))].filter(writes).map((key) => (
            <Line key={key} label={fieldWord('opportunities', key)} isNeeded={required.includes(key)}>
              <RecordInput
                aria-label={`${t('withOpportunity')} ${fieldWord('opportunities', key)}`}
                field={opportunityEntity.fields.find((field) => field.key === key)}
                value={opportunity[key]}
                onChange={(value) => set({ [key]: value === '' ? null : value })}
              />
            </Line>
          ))}
        </div>
      )}
    </div>
  )
}

function Line({ label, isNeeded = false, children }: { label: string; isNeeded?: boolean; children: ReactNode }) {
  return (
    <label style={{ display: 'contents' }}>
      <span className="t3">
        {label}
        {isNeeded && <span className="tbad"> *</span>}
      </span>
      {children}
    </label>
  )
}
