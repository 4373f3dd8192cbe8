import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { InnSmall } from '../../components/Mark.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { useBulkResult } from './useBulk.tsx'

/** Not there, or not for these eyes: the two look alike on purpose. */
export function CustomerGone() {
  const t = useText(text)
  return (
    <main className="page">
      <div className="empty">
        <InnSmall />
        <h2>{t('goneTitle')}</h2>
        <p className="t2">{t('goneHint')}</p>
        <div className="empty-links">
          <Link to="/customers">{t('customersCrumb')}</Link>
        </div>
      </div>
    </main>
  )
}

export function DeletedBanner({ customer }: { customer: Customer }) {
  const t = useText(text)
  const mayRestore = useCan('customers.delete')
  const say = useBulkResult(() => {})
  const restore = useMutation(useApi().customers.restoreMany.mutationOptions({ onSuccess: (result) => say('restored', result) }))
  return (
    <div className="banner lamp">
      {t('deletedBanner')}
      {mayRestore && (
        <Button size="small" loading={restore.isPending} onClick={() => restore.mutate({ selection: { ids: [customer.id] } })}>
          {t('restore')}
        </Button>
      )}
    </div>
  )
}
