import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { useCan, useClient } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { DeletedBanner } from '../lists/public.ts'
import { text } from './text.ts'

/** A customer of the recycle bin says so, and leads out of it. */
export function CustomerBanner({ customer }: { customer: Customer }) {
  const t = useText(text)
  const { restoreMany } = useClient().customers
  return <DeletedBanner id={customer.id} words={t} mayRestore={useCan('customers.delete')} call={restoreMany} />
}
