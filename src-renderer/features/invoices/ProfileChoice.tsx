import { PlusOutlined } from '@ant-design/icons'
import { Button, Form } from 'antd'
import { Suspense, useState } from 'react'
import type { BillingProfile } from '../../../src-shared/features/billing/model.ts'
import type { Invoice } from '../../../src-shared/features/invoices/model.ts'
import { Picker } from '../../components/Picker.tsx'
import { useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useProfiles } from '../billing/public.ts'
import { text } from './text.ts'

const ProfileDialog = later(() => import('../billing/forms.ts').then((module) => module.ProfileDialog))
type CustomerId = NonNullable<Invoice['customerId']>

/** The profile that is chosen: the customer's first, until somebody says otherwise. An invoice that is changed keeps its own until then. */
export function useChosenProfile(customerId: CustomerId | undefined, changed: Invoice | undefined) {
  const found = useProfiles(customerId).data
  const [own, setOwn] = useState<{ of: CustomerId | undefined; id: string } | null>(null)
  const chosen = own && own.of === customerId ? found?.find(({ id }) => id === own.id) : undefined
  return {
    profiles: found,
    at: chosen ?? (changed ? undefined : found?.[0]),
    /** What an invoice says that is changed. */
    kept: changed?.buyer ?? null,
    isTouched: own !== null,
    choose: (id: string) => setOwn({ of: customerId, id }),
  }
}

type ProfileChoiceProps = {
  customerId: CustomerId | undefined
  choice: ReturnType<typeof useChosenProfile>
  isMissing: boolean
}
/** To whom it is made out; another profile is added without leaving the form. */
export function ProfileChoice({ customerId, choice, isMissing }: ProfileChoiceProps) {
  const t = useText(text)
  const mayWrite = useCan('billing.write')
  const [adding, setAdding] = useState(false)
  const { profiles, at, kept, choose } = choice
  return (
    <Form.Item
      label={t('profile')}
      required
      {...(isMissing && { validateStatus: 'error' as const, help: t('required') })}
      extra={at ? <Printed profile={at} /> : undefined}
    >
      <div className="row g8">
        <Picker
          className="grow"
          aria-label={t('profile')}
          disabled={customerId === undefined}
          placeholder={kept ?? t(customerId === undefined ? 'chooseCustomer' : 'noProfile')}
          value={at?.id ?? null}
          onChange={(id) => typeof id === 'string' && choose(id)}
          options={(profiles ?? []).map(({ id, title }) => ({ value: id as string, label: title }))}
        />
        {mayWrite && customerId !== undefined && (
          <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('addProfile')}
          </Button>
        )}
      </div>
      <Suspense>
        {adding && customerId !== undefined && (
          <ProfileDialog
            customerId={customerId}
            profile={null}
            onClose={() => setAdding(false)}
            onSaved={(saved: BillingProfile) => choose(saved.id)}
          />
        )}
      </Suspense>
    </Form.Item>
  )
}

function Printed({ profile }: { profile: BillingProfile }) {
  const t = useText(text)
  const { kind, taxNumber, bank, account } = profile
  if (kind === 'enterprise' && taxNumber === null) return <span className="twarn s12">{t('noTaxNumber')}</span>
  const words = [taxNumber, bank, account].filter(Boolean).join(' · ')
  return (
    <span className="t3 s12">
      {words && <div className="num inv-printed">{words}</div>}
      {t('keeps')}
    </span>
  )
}
