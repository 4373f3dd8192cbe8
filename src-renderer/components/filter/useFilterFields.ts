import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import type { Me } from '../../../src-shared/features/session/contract.ts'
import { type EntityDescriptor, type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import { OPENED_BY_ME, OWNER_DEPARTMENT, relatedField } from '../../../src-shared/kernel/filter/fields.ts'
import type { Permission } from '../../../src-shared/kernel/permissions.ts'
import { mayDo, useApi, useMe } from '../../kernel/context.tsx'
import { fieldWord, optionWord, sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import type { FieldOption } from '../FieldEditor.tsx'
import { mayAskBy } from './askBy.ts'
import { text } from './text.ts'
import type { FilterField, FilterType } from './filterField.ts'

const TYPES: Partial<Record<FieldDescriptor['type'], FilterType>> = {
  text: 'text',
  longText: 'text',
  phone: 'text',
  email: 'text',
  link: 'text',
  number: 'number',
  money: 'money',
  date: 'date',
  birthday: 'birthday',
  time: 'text',
  instant: 'instant',
  select: 'select',
  multiSelect: 'select',
  boolean: 'boolean',
  tags: 'tags',
}

type Hides = (entity: string, field: string) => boolean
const NOTHING_HIDDEN: Hides = () => false
type Lists = {
  categories: readonly FieldOption[]
  people: readonly FieldOption[]
  departments: readonly FieldOption[]
  tags: readonly FieldOption[]
  listed: Readonly<Record<string, readonly FieldOption[]>>
}

/**
 * The fields that the caller may put conditions on, with the values to choose from. `related`: the entities behind
 * `entity.related`, by their names, as the page knows them (with the company's own fields). `hides`: what is kept back in this list beside
 * what the rights keep back.
 */
export function useFilterFields(
  entity: EntityDescriptor,
  related: readonly EntityDescriptor[],
  hides: Hides = NOTHING_HIDDEN,
): readonly FilterField[] {
  const t = useText(text)
  const me = useMe()
  const api = useApi()
  const people = useQuery(api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 })).data
  const departments = useQuery(api.views.departments.queryOptions({ input: {}, staleTime: 60_000 })).data
  const hasCategories = entity.fields.some(({ reference }) => reference === CATEGORY)
  const categories = useQuery(api.products.categories.queryOptions({ input: {}, enabled: hasCategories, staleTime: 60_000 })).data
  const tags = useQuery(api.tags.list.queryOptions({ input: {}, staleTime: 60_000 })).data
  const listed = useListed([entity, ...related])
  return useMemo(() => {
    const mine = me.employeeId === null ? [] : [{ value: '@me', label: t('me') }]
    const groups =
      me.employeeId === null
        ? []
        : [
            { value: '@department', label: t('myDepartment') },
            { value: '@below', label: t('below') },
          ]
    const lists: Lists = {
      categories: (categories ?? []).map(({ id, path }) => ({ value: id, label: path })),
      people: [...mine, ...groups, ...colleagueChoices(people ?? [])],
      departments: [...groups.slice(0, 1), ...(departments ?? []).map(({ id, name }) => ({ value: id, label: name }))],
      tags: (tags ?? []).map(({ name }) => ({ value: name, label: name })),
      listed,
    }
    const hanging = (entity.related ?? []).flatMap(({ key, entity: name }): FilterField[] => {
      const other = related.find((one) => one.name === name)
      if (!other || !mayDo(me, `${other.feature}.read` as Permission)) return []
      const word = sliceWord(other.feature, `entity.${name}`) ?? name
      return [
        { key: relatedField(key), label: word, type: 'related', group: 'related', fields: ownFields(other, me, lists, hides) },
      ]
    })
    const department: FilterField[] =
      entity.ownerKey && mayAskBy(me, entity.name, entity.ownerKey) && !hides(entity.name, entity.ownerKey)
        ? [{ key: OWNER_DEPARTMENT, label: t('ownerDepartment'), type: 'department', group: 'own', options: lists.departments }]
        : []
    const opened: FilterField[] = entity.ownerKey
      ? [{ key: OPENED_BY_ME, label: t('lastOpened'), type: 'opened', group: 'own' }]
      : []
    return [...ownFields(entity, me, lists, hides), ...department, ...opened, ...hanging]
  }, [t, me, entity, related, people, departments, categories, tags, listed, hides])
}

const LISTED: ReadonlySet<string> = new Set(['pipeline', 'stage', 'lostReason', 'leadSource', 'leadReason', 'leadPool'])
const isListed = ({ type, reference }: FieldDescriptor): boolean => type === 'reference' && LISTED.has(reference ?? '')
const refersTo = (entities: readonly EntityDescriptor[], lists: readonly string[]): boolean =>
  entities.some(({ fields }) => fields.some((field) => isListed(field) && lists.includes(field.reference ?? '')))

const named = (rows: readonly { id: string; name: string }[] | undefined): readonly FieldOption[] =>
  (rows ?? []).map(({ id, name }) => ({ value: id, label: name }))

/** What a company keeps short lists of: one may have been put aside and still stand in records. */
function useListed(entities: readonly EntityDescriptor[]): Lists['listed'] {
  const api = useApi()
  const about = { input: {}, staleTime: 60_000, meta: { shown: true } }
  const deals = { ...about, enabled: refersTo(entities, ['pipeline', 'stage', 'lostReason']) }
  const leads = { ...about, enabled: refersTo(entities, ['leadSource', 'leadReason', 'leadPool']) }
  const pipelines = useQuery(api.pipelines.list.queryOptions(deals)).data
  const reasons = useQuery(api.pipelines.reasons.queryOptions(deals)).data
  const leadSources = useQuery(api.leadSettings.words.queryOptions({ ...leads, input: { list: 'source' } })).data
  const leadReasons = useQuery(api.leadSettings.words.queryOptions({ ...leads, input: { list: 'reason' } })).data
  const leadPools = useQuery(api.leadSettings.pools.queryOptions(leads)).data
  return useMemo(() => {
    const several = (pipelines ?? []).length > 1
    return {
      pipeline: (pipelines ?? []).map(({ id, name }) => ({ value: id as string, label: name })),
      stage: (pipelines ?? []).flatMap(({ name: of, stages }) =>
        stages.map(({ id, name }) => ({ value: id as string, label: several ? `${of} · ${name}` : name })),
      ),
      lostReason: named(reasons),
      leadSource: named(leadSources),
      leadReason: named(leadReasons),
      leadPool: named(leadPools),
    }
  }, [pipelines, reasons, leadSources, leadReasons, leadPools])
}

/** A tree like that of departments: asked with what lies below. */
const CATEGORY = 'productCategory'
/** What only the program reads of a record. */
const TECHNICAL: Readonly<Record<string, ReadonlySet<string>>> = { file: new Set(['entity', 'recordId', 'type', 'size']) }

function ownFields(entity: EntityDescriptor, me: Me, lists: Lists, hides: Hides): FilterField[] {
  return entity.fields.flatMap((field): FilterField[] => {
    const type = typeOf(field)
    if (!type || TECHNICAL[entity.name]?.has(field.key) || !mayAskBy(me, entity.name, field.key) || hides(entity.name, field.key))
      return []
    const options = optionsFor(entity, field, lists)
    return [
      {
        key: field.key,
        label: fieldWord(entity.feature, field.key),
        type,
        group: isCustomKey(field.key) ? 'custom' : 'own',
        ...(options && { options }),
        ...(field.unit !== undefined && { unit: field.unit }),
      },
    ]
  })
}

function typeOf(field: FieldDescriptor): FilterType | undefined {
  if (field.type !== 'reference') return TYPES[field.type]
  if (field.reference === CATEGORY) return 'department'
  if (isListed(field)) return 'select'
  return field.reference === 'employee' || field.reference === 'user' ? 'people' : undefined
}

function optionsFor(entity: EntityDescriptor, field: FieldDescriptor, lists: Lists): readonly FieldOption[] | null {
  if (field.type === 'tags') return lists.tags
  if (field.reference === CATEGORY) return lists.categories
  if (isListed(field)) return lists.listed[field.reference ?? ''] ?? []
  if (field.type === 'reference')
    return field.reference === 'user' ? lists.people.filter(({ value }) => value !== '@below') : lists.people
  // One that was taken away may stand in records and in filters.
  if (field.choices) return field.choices.map(({ value, label }) => ({ value, label }))
  return field.options?.map((value) => ({ value, label: optionWord(entity.feature, field.key, value) })) ?? null
}
