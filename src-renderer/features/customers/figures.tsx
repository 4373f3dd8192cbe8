import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Figure } from '../../components/RecordLayout.tsx'
import { InstantText, RelativeTime } from '../../components/values.tsx'
import { nowMs } from '../../kernel/clock.ts'
import { formatNumber, formatPercent } from '../../kernel/format.ts'
import { listed } from '../../kernel/text.ts'
import { completeness } from './CustomerFields.tsx'
import type { T } from './words.tsx'

function last(t: T, customer: Customer): Figure {
  const { lastFollowUpAt: at } = customer
  return {
    key: 'last',
    label: t('lastFollowUp'),
    value: at ? <RelativeTime at={at} /> : <span className="t3">—</span>,
    note: at ? <InstantText at={at} /> : t('never'),
  }
}
function next(t: T, customer: Customer): Figure {
  const { nextFollowUpAt: at } = customer
  if (!at) return { key: 'next', label: t('nextFollowUp'), value: <span className="t3">—</span>, note: t('notPlanned') }
  return {
    key: 'next',
    label: t('nextFollowUp'),
    value: <RelativeTime at={at} late={Date.parse(at) <= nowMs()} />,
    note: <InstantText at={at} late />,
  }
}
const people = (t: T, contacts: readonly Contact[] | undefined): Figure => ({
  key: 'people',
  label: t('contacts'),
  value: contacts === undefined ? '—' : t('people', { n: formatNumber(contacts.length) }),
  note: contacts && listed(contacts.slice(0, 2).map((contact) => contact.name)),
})

export const panelFigures = (t: T, customer: Customer, contacts: readonly Contact[] | undefined): Figure[] => [
  last(t, customer),
  next(t, customer),
  people(t, contacts),
]

/** The strip of six on the record page. */
export function recordFigures(
  t: T,
  customer: Customer,
  followUps: number | undefined,
  contacts: readonly Contact[] | undefined,
  sees: (field: string) => boolean,
): Figure[] {
  const { share, missing } = completeness(customer, sees)
  return [
    last(t, customer),
    next(t, customer),
    {
      key: 'followUps',
      label: t('followUpCount'),
      value: followUps === undefined ? '—' : t('times', { n: formatNumber(followUps) }),
    },
    people(t, contacts),
    {
      key: 'created',
      label: t('createdOn'),
      value: <RelativeTime at={customer.createdAt} />,
      note: <InstantText at={customer.createdAt} />,
    },
    {
      key: 'complete',
      label: t('completeness'),
      value: formatPercent(Math.round(share * 100) / 100).replace('.0', ''),
      note: missing.length > 0 ? t('missing', { n: missing.length }) : t('complete'),
    },
  ]
}
