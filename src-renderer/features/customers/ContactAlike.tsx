import { useQuery } from '@tanstack/react-query'
import { Alert, Form } from 'antd'
import { useDeferredValue } from 'react'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { LeavingLink, Lookalikes } from './Lookalikes.tsx'
import { text } from './text.ts'

type ContactAlikeProps = { by: 'name' | 'phone'; customer: Customer; contact: Contact | null; begun: unknown }

/** Who has this name or number already: here, at other customers, or as a customer of his own. */
export function ContactAlike({ by, customer, contact, begun }: ContactAlikeProps) {
  const typed = useDeferredValue(Form.useWatch<unknown>(by))
  const value = typeof typed === 'string' ? typed.trim() : ''
  if (value === '' || value === begun) return null
  return (
    <>
      <Here by={by} value={value} customer={customer} contact={contact} />
      {by === 'name' && value.length > 1 && <Namesakes name={value} customer={customer} />}
      <Lookalikes {...{ [by]: value }} exceptId={customer.id} />
    </>
  )
}

/** As numbers are compared: what is dialled at home and abroad is one. */
const digits = (phone: string | null): string => (phone ?? '').replaceAll(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')

function Here({ by, value, customer, contact }: Omit<ContactAlikeProps, 'begun'> & { value: string }) {
  const t = useText(text)
  const people = useQuery(useApi().contacts.ofCustomer.queryOptions({ input: { customerId: customer.id } }))
  const isSame = (one: Contact): boolean =>
    by === 'name'
      ? one.name === value
      : digits(value).length >= 7 && [one.phone, one.phone2].some((phone) => digits(phone) === digits(value))
  const same = (people.data ?? []).find((one) => one.id !== contact?.id && isSame(one))
  if (!same) return null
  return <Alert type="warning" className="gap-below" title={t('contactHere', { name: same.name, title: same.title ?? '' })} />
}

const MOST = 3

/** People of this name at other customers, as far as one sees them: often one who has changed his place. */
function Namesakes({ name, customer }: { name: string; customer: Customer }) {
  const t = useText(text)
  const enabled = useCan('contacts.read')
  const found = useQuery(
    useApi().contacts.list.queryOptions({
      input: { search: name, limit: 20 },
      enabled,
      staleTime: 10_000,
      meta: { shown: true },
    }),
  )
  const same = (found.data?.rows ?? []).filter((one) => one.name === name && one.customerId !== customer.id).slice(0, MOST)
  return same.map((one) => (
    <Alert
      key={one.id}
      type="info"
      className="gap-below"
      title={t('contactElsewhere', { name, customer: one.customerName })}
      action={<LeavingLink to={`/customers/${one.customerId}`}>{t('openIt')}</LeavingLink>}
    />
  ))
}
