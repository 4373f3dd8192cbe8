import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { CUSTOMER_KINDS, CUSTOMER_LEVELS, CUSTOMER_STATUSES } from '../../../src-shared/features/customers/entity.ts'
import { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import { TAG_TONES } from '../../../src-shared/features/tags/model.ts'
import type { ImportColumn, ImportDetail, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCustomFields } from '../fields/public.ts'
import { text } from './text.ts'
import { useImportSteps } from './useImport.ts'

const CHOICES: Record<string, readonly string[]> = {
  'customer.level': CUSTOMER_LEVELS,
  'customer.status': CUSTOMER_STATUSES,
  'customer.kind': CUSTOMER_KINDS,
  'tag.tone': TAG_TONES,
  'followUp.kind': FOLLOW_UP_KINDS,
}
type Asking = ImportColumn & { target: NonNullable<ImportColumn['target']>; note: NonNullable<ImportColumn['note']> }
type WordProps = { detail: ImportDetail; set: (options: Partial<ImportOptions>) => void }
const EMPTY = ''
const NEW = '+'
const SHOWN = 8

/** Words of choices that found no option, names that found no colleague: each is put to one here, once for all its rows. */
export function UnknownWords({ detail, set }: WordProps) {
  const t = useText(text)
  const asked = detail.columns.filter(
    (column): column is Asking =>
      column.target !== null &&
      column.note !== null &&
      (column.note.unknown.length > 0 || Object.keys(decidedOf(detail, column)).length > 0),
  )
  if (asked.length === 0) return null
  return (
    <section className="card imp-card">
      <div className="b">{t('valuesTitle')}</div>
      {asked.map((column) => (
        <Words key={column.index} column={column} detail={detail} set={set} />
      ))}
    </section>
  )
}

const keyOf = ({ target }: Pick<ImportColumn, 'target'>): string => (target ? `${target.entity}.${target.field}` : '')
/** What was put to something already stays in sight, so that it can be changed. */
const decidedOf = (detail: ImportDetail, column: ImportColumn): Record<string, string | null> =>
  detail.options.values[keyOf(column)] ?? {}

type WordOptions = {
  options: readonly { value: string; label: string }[]
  isPeople: boolean
  onSearch?: (words: string) => void
}
/** What words of a column can be put to. */
function useWordOptions({ detail, column }: { detail: ImportDetail; column: Asking }): WordOptions {
  const { target, note } = column
  const key = keyOf(column)
  const isPeople = note.code === 'people'
  const isPools = note.code === 'pools'
  const api = useApi()
  const people = useQuery({ ...api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }), enabled: isPeople })
  const pools = useQuery({ ...api.pools.choices.queryOptions({ input: {}, staleTime: 60_000 }), enabled: isPools })
  const named = useNamed(key)
  if (isPeople) return { isPeople, options: colleagueChoices((people.data ?? []).filter((one) => !one.left)) }
  if (isPools) return { isPeople, options: (pools.data ?? []).map(({ id, name }) => ({ value: id, label: name })) }
  if (named) return { isPeople, ...named }
  const added = choicesIn(detail, column)?.choices
  const own = (CHOICES[key] ?? []).map((value) => ({
    value,
    label: optionWord(featureOf(detail, column), target.field, value),
  }))
  return { isPeople, options: added ?? own }
}

const targetIn = ({ targets }: ImportDetail, { target }: Asking) =>
  targets.find((one) => one.entity === target.entity && one.field === target.field)
const featureOf = (detail: ImportDetail, column: Asking): string => targetIn(detail, column)?.feature ?? column.target.entity
const choicesIn = (detail: ImportDetail, column: Asking) => {
  const found = targetIn(detail, column)
  return found?.choices ? found : undefined
}

function Words({ column, detail, set }: WordProps & { column: Asking }) {
  const t = useText(text)
  const [all, setAll] = useState(false)
  const { target, note } = column
  const key = keyOf(column)
  const { options, isPeople, onSearch } = useWordOptions({ detail, column })
  const decided = decidedOf(detail, column)
  const choices = useNewChoices(detail, choicesIn(detail, column)?.field)
  const words = [...new Set([...note.unknown, ...Object.keys(decided)])]
  // What a word was put to keeps its name, also where the list shows others by now.
  const [said, setSaid] = useState<ReadonlyMap<string, string>>(new Map())
  const told = new Map([...said, ...Object.values(note.likely ?? {}).map(({ value, label }) => [value, label] as const)])
  const choose = (chosen: Record<string, string | null>) => {
    const named = Object.values(chosen).flatMap((value) => options.find((one) => one.value === value) ?? [])
    setSaid(new Map([...said, ...named.map(({ value, label }) => [value, label] as const)]))
    set({ values: { ...detail.options.values, [key]: { ...decided, ...chosen } } })
  }
  const open = words.filter((word) => !(word in decided))
  const likely = open.flatMap((word) => (note.likely?.[word] ? [[word, note.likely[word].value] as const] : []))
  return (
    <div className="col g6">
      <span className="t3 s12">{fieldWord(featureOf(detail, column), target.field)}</span>
      {words.slice(0, all ? words.length : SHOWN).map((word) => (
        <WordLine
          key={word}
          word={word}
          value={word in decided ? (decided[word] ?? EMPTY) : null}
          options={withChosen(options, decided[word] ?? null, told)}
          likely={word in decided ? undefined : note.likely?.[word]}
          onSearch={onSearch}
          {...(choices.mayAdd && { onNew: () => choices.add([word]) })}
          onChoose={(value) => choose({ [word]: value })}
        />
      ))}
      <div className="row g8">
        {words.length > SHOWN && !all && (
          <Button type="text" size="small" onClick={() => setAll(true)}>
            {t('allWords', { n: words.length })}
          </Button>
        )}
        {choices.mayAdd && open.length > 0 && (
          <Button type="text" size="small" loading={choices.isPending} onClick={() => choices.add(open)}>
            {t('newChoices', { n: open.length })}
          </Button>
        )}
        {likely.length > 1 && (
          <Button type="text" size="small" onClick={() => choose(Object.fromEntries(likely))}>
            {t('likelyAll', { n: likely.length })}
          </Button>
        )}
        {open.length > 1 && (
          <Button type="text" size="small" onClick={() => choose(Object.fromEntries(open.map((word) => [word, null])))}>
            {t(isPeople ? 'nobodyForAll' : 'emptyForAll')}
          </Button>
        )}
      </div>
    </div>
  )
}

/** What was chosen stays among the options by its name, where the list does not hold it any more. */
function withChosen(
  options: WordOptions['options'],
  chosen: string | null,
  told: ReadonlyMap<string, string>,
): WordOptions['options'] {
  const label = chosen === null ? undefined : told.get(chosen)
  if (chosen === null || label === undefined || options.some(({ value }) => value === chosen)) return options
  return [...options, { value: chosen, label }]
}

type WordLineProps = {
  word: string
  value: string | null
  options: WordOptions['options']
  likely: { value: string; label: string } | undefined
  onSearch: WordOptions['onSearch']
  onNew?: () => void
  onChoose: (value: string | null) => void
}
function WordLine({ word, value, options, likely, onSearch, onNew, onChoose }: WordLineProps) {
  const t = useText(text)
  return (
    <div className="row g8 imp-word">
      <span className="el lit imp-label" title={word}>
        {word}
      </span>
      <Picker
        size="small"
        className="grow"
        aria-label={t('wordBecomes', { word })}
        placeholder={t('chooseOne')}
        value={value}
        {...(onSearch && { showSearch: { onSearch } })}
        options={[
          ...options,
          { value: EMPTY, label: t('valueEmpty') },
          ...(onNew ? [{ value: NEW, label: t('newChoice', { word }) }] : []),
        ]}
        onChange={(chosen: string | null) => (chosen === NEW ? onNew?.() : onChoose(chosen || null))}
      />
      {likely && (
        <Button size="small" onClick={() => onChoose(likely.value)}>
          {t('likelyIs', { name: likely.label })}
        </Button>
      )}
    </div>
  )
}

/** Of fields that name a stage, a reason, a source, a warehouse or a product: which there are; null for any other. */
function useNamed(key: string): { options: { value: string; label: string }[]; onSearch?: (words: string) => void } | null {
  const api = useApi()
  const [words, setWords] = useState('')
  const isStage = key === 'opportunity.stageId'
  const isPipeline = key === 'opportunity.pipelineId'
  const isReason = key === 'opportunity.lostReasonId'
  const isSource = key === 'lead.sourceId'
  const isProduct = key.endsWith('.productId')
  const isWarehouse = key === 'stockMove.warehouseId' || key === 'stockMove.toId' || key === 'purchase.warehouseId'
  const pipelines = useQuery({ ...api.pipelines.list.queryOptions({ input: {} }), enabled: isStage || isPipeline })
  const reasons = useQuery({ ...api.pipelines.reasons.queryOptions({ input: {} }), enabled: isReason })
  const sources = useQuery({ ...api.leadSettings.words.queryOptions({ input: { list: 'source' } }), enabled: isSource })
  const warehouses = useQuery({ ...api.stock.warehouses.queryOptions({ input: {} }), enabled: isWarehouse })
  const products = useQuery({
    ...api.products.list.queryOptions({ input: { search: words, limit: 50 }, placeholderData: keepPreviousData }),
    enabled: isProduct,
  })
  const living = (pipelines.data ?? []).filter(({ archived }) => !archived)
  if (isPipeline) return { options: living.map(({ id, name }) => ({ value: id, label: name })) }
  if (isStage)
    return {
      options: living.flatMap((pipeline) =>
        pipeline.stages
          .filter(({ archived }) => !archived)
          .map(({ id, name }) => ({ value: id, label: living.length > 1 ? `${pipeline.name} / ${name}` : name })),
      ),
    }
  if (isReason)
    return {
      options: (reasons.data ?? []).filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name })),
    }
  if (isSource)
    return {
      options: (sources.data ?? []).filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name })),
    }
  if (isWarehouse)
    return {
      options: (warehouses.data ?? []).filter(({ archived }) => !archived).map(({ id, name }) => ({ value: id, label: name })),
    }
  if (!isProduct) return null
  return { options: (products.data?.rows ?? []).map(({ id, name }) => ({ value: id, label: name })), onSearch: setWords }
}

/** Options of a field that the company added: words of the file become some of them, and the columns are looked at anew. */
function useNewChoices(detail: ImportDetail, key: string | undefined) {
  const field = useCustomFields().find((one) => one.key === key)
  const mayAdd = useCan('fields.manage') && field !== undefined
  const { setMapping } = useImportSteps(detail.id)
  const adding = useMutation(
    useApi().fields.addChoices.mutationOptions({ onSuccess: () => setMapping.mutate({ id: detail.id, columns: [] }) }),
  )
  return {
    mayAdd,
    isPending: adding.isPending || setMapping.isPending,
    add: (labels: readonly string[]) => field && adding.mutate({ id: field.id, labels: [...labels] }),
  }
}
