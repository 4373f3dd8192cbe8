import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Suspense, useState } from 'react'
import type { BillingProfile } from '../../../src-shared/features/billing/model.ts'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { Chip, CopyButton } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { billingLines } from './words.ts'

const ProfileDialog = later(() => import('./ProfileDialog.tsx').then((module) => module.ProfileDialog))

/** The billing profiles of a customer, the one that is proposed first; not asked for who may not read them. */
export const useProfiles = (customerId: CustomerId | undefined) => {
  const enabled = useCan('billing.read') && customerId !== undefined
  return useQuery(
    useApi().billing.ofCustomer.queryOptions({
      input: { customerId: customerId as CustomerId },
      enabled,
      meta: { shown: true },
    }),
  )
}

type BillingProfilesProps = { customerId: CustomerId; customerName: string; isOpen: boolean }
/** 开票抬头 of a customer. */
export function BillingProfiles({ customerId, customerName, isOpen }: BillingProfilesProps) {
  const t = useText(text)
  const mayWrite = useCan('billing.write') && isOpen
  const [editing, setEditing] = useState<BillingProfile | 'new' | null>(null)
  const found = useProfiles(customerId)
  return (
    <section aria-label={t('profiles')} className="bill-block">
      <div className="row g8 gap-below">
        <h3 className="b s13">{t('profiles')}</h3>
        <span className="grow" />
        {mayWrite && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setEditing('new')}>
            {t('add')}
          </Button>
        )}
      </div>
      {found.isPending && <SkeletonRows rows={2} height={44} />}
      {found.error && !found.data && <LoadFailed error={found.error} feature="billing" onRetry={() => void found.refetch()} />}
      {found.data?.length === 0 && <Nothing>{t('none')}</Nothing>}
      {found.data?.map((profile) => (
        <ProfileLine key={profile.id} profile={profile} mayWrite={mayWrite} onEdit={() => setEditing(profile)} />
      ))}
      <Suspense>
        {editing && (
          <ProfileDialog
            customerId={customerId}
            profile={editing === 'new' ? null : editing}
            proposed={found.data?.length === 0 ? customerName : undefined}
            onClose={() => setEditing(null)}
          />
        )}
      </Suspense>
    </section>
  )
}

function ProfileLine({ profile, mayWrite, onEdit }: { profile: BillingProfile; mayWrite: boolean; onEdit: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const remove = useMutation(
    useApi().billing.remove.mutationOptions({
      onSuccess: () => undo.say(t('removed', { name: profile.title }), { recordId: profile.id }),
    }),
  )
  const { title, kind, taxNumber, isDefault, bank, account, address, email } = profile
  return (
    <div className="row g8 contact always-copy">
      <div className="grow el">
        <div className="row g6">
          <span className="el b" title={title}>
            {title}
          </span>
          {isDefault && <Chip tone="brand">{t('isDefault')}</Chip>}
          {kind === 'person' && <Chip tone="ink">{optionWord('billing', 'kind', kind)}</Chip>}
        </div>
        <div className="t3 s12 lit el">
          {taxNumber && <span className="num">{`${fieldWord('billing', 'taxNumber')} ${taxNumber} `}</span>}
          {[bank, account, address, email].filter(Boolean).join(' · ')}
        </div>
      </div>
      <span className="row contact-actions">
        <span title={t('copy')}>
          <CopyButton value={billingLines(title, profile)} />
        </span>
        {mayWrite && (
          <>
            <IconButton small icon={<EditOutlined />} title={t('change')} onClick={onEdit} />
            <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: profile.id })} />
          </>
        )}
      </span>
    </div>
  )
}
