import { EnvironmentOutlined, FileTextOutlined, MailOutlined, PhoneOutlined, WechatOutlined } from '@ant-design/icons'
import type { ReactNode } from 'react'
import { CUSTOMER_KINDS, CUSTOMER_LEVELS, CUSTOMER_STATUSES, customerEntity } from '../../../src-shared/features/customers/entity.ts'
import { FOLLOW_UP_KINDS } from '../../../src-shared/features/follow-ups/entity.ts'
import type { FollowUp } from '../../../src-shared/features/follow-ups/model.ts'
import type { FieldDescriptor } from '../../../src-shared/kernel/entity.ts'
import type { FieldOption } from '../../components/FieldEditor.tsx'
import type { Tone } from '../../components/marks.tsx'
import type { Translate } from '../../kernel/text.ts'
import type { CustomerWord } from './text.ts'

export type T = Translate<CustomerWord>
export type FollowUpKind = FollowUp['kind']

export const STATUS_TONE: Record<(typeof CUSTOMER_STATUSES)[number], Tone> = { potential: 'ink', active: 'brand', won: 'ok', lost: 'ink' }
export const KIND_ICON: Record<FollowUpKind, ReactNode> = { call: <PhoneOutlined />, visit: <EnvironmentOutlined />, wechat: <WechatOutlined />, email: <MailOutlined />, note: <FileTextOutlined /> }

export const fieldWord = (t: T, key: string): string => t(`f_${key}` as CustomerWord)
export const optionWord = (t: T, value: string): string => t(`o_${value}` as CustomerWord)
export const kindWord = (t: T, kind: FollowUpKind): string => t(`k_${kind}`)
export const kinds = (t: T) => FOLLOW_UP_KINDS.map((value) => ({ value, label: kindWord(t, value), icon: KIND_ICON[value] }))

const OPTIONS: Record<string, readonly string[]> = { kind: CUSTOMER_KINDS, level: CUSTOMER_LEVELS, status: CUSTOMER_STATUSES }
export const optionsOf = (t: T, key: string): FieldOption[] => (OPTIONS[key] ?? []).map((value) => ({ value, label: optionWord(t, value) }))

export const customerFields: readonly FieldDescriptor[] = customerEntity.fields
