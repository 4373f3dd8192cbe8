import { useQuery } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import type { Access } from '../../../src-shared/features/looking/contract.ts'
import { Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { CustomerPicker } from '../fields/forms.ts'
import { SightLine } from '../looking/public.ts'
import { text } from './text.ts'

/** Why he sees a customer, or what he lacks: the same answer that the customer's own page gives. */
export function SeesCustomer({ access }: { access: Access }) {
  const t = useText(text)
  const mayRead = useCan('customers.read')
  const [id, setId] = useState<string | null>(null)
  const sights = useQuery(
    useApi().looking.whoSees.queryOptions({ input: { customerId: id as never }, enabled: id !== null, meta: { shown: true } }),
  )
  if (!mayRead || !access.active) return null
  const sight = sights.data?.find(({ userId }) => userId === access.userId)
  return (
    <Section title={t('why')} note={t('whyHint')}>
      <CustomerPicker className="access-pick" aria-label={t('why')} value={id} onChange={setId} />
      {id !== null && sights.isPending && <SkeletonRows rows={1} height={44} />}
      {id !== null && sights.error && <Nothing>{t('whyGone')}</Nothing>}
      {id !== null && sight && (
        <ul className="looking-list">
          <Suspense>
            <SightLine sight={sight} />
          </Suspense>
        </ul>
      )}
    </Section>
  )
}
