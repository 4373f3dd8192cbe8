import { EnvironmentOutlined, FileTextOutlined, MailOutlined, PhoneOutlined, WechatOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import {
  CUSTOMER_KINDS,
  CUSTOMER_LEVELS,
  CUSTOMER_STATUSES,
  customerEntity,
} from '../../../src-shared/features/customers/entity.ts'
import { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import { type FieldDescriptor, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { FieldOption } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'
import { useEntity } from '../fields/public.ts'
import { fieldWord as sliceField, optionWord as sliceOption } from '../../kernel/slices.ts'
import type { Translate } from '../../kernel/text.ts'
import type { CustomerWord } from './text.ts'

export type T = Translate<CustomerWord>
export type FollowUpKind = FollowUp['kind']

export const STATUS_TONE: Record<(typeof CUSTOMER_STATUSES)[number], Tone> = {
  potential: 'ink',
  active: 'brand',
  won: 'ok',
  lost: 'ink',
}
export const KIND_ICON: Record<FollowUpKind, ReactNode> = {
  call: <PhoneOutlined />,
  visit: <EnvironmentOutlined />,
  wechat: <WechatOutlined />,
  email: <MailOutlined />,
  note: <FileTextOutlined />,
}

/** `t` makes callers draw again when the language changes; the words themselves are the slice's. */
export const fieldWord = (_t: T, key: string): string => sliceField('customers', key)
export const optionWord = (_t: T, field: string, value: string): string => sliceOption('customers', field, value)
export const kindWord = (_t: T, kind: FollowUpKind): string => sliceOption('followUps', 'kind', kind)
export const kinds = (t: T) => FOLLOW_UP_KINDS.map((value) => ({ value, label: kindWord(t, value), icon: KIND_ICON[value] }))

const OPTIONS: Record<string, readonly string[]> = { kind: CUSTOMER_KINDS, level: CUSTOMER_LEVELS, status: CUSTOMER_STATUSES }
export const optionsOf = (t: T, key: string): FieldOption[] =>
  (OPTIONS[key] ?? []).map((value) => ({ value, label: optionWord(t, key, value) }))

/** What a field offers to choose from: its own options, or the words that the company keeps for it. */
export const offeredOf = (t: T, field: FieldDescriptor): FieldOption[] =>
  field.freeEntry
    ? (field.choices ?? []).flatMap(({ value, label, archived }) => (archived ? [] : [{ value, label }]))
    : optionsOf(t, field.key)

/** The fields of a customer, those of the company too. */
export const useCustomerFields = (): readonly FieldDescriptor[] => useEntity(customerEntity).fields
export const isCustom = ({ key }: FieldDescriptor): boolean => isCustomKey(key)
/** Why a customer stays as he is. */
export const STAYS = { holdingFull: 'fullRows', requiredMissing: 'incompleteRows', moneyHangs: 'heldRows' } as const

/** What the page of a customer offers under this name: to write what was said. */
export const WRITE_ACTION = 'customers.write'
