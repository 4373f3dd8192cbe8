import { ImportOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { FilteredEmpty } from '../../components/states.tsx'
import { nothingFound } from '../../components/views/nothingFound.ts'
import type { ViewActions } from '../../components/views/useViewActions.ts'
import { useCan } from '../../kernel/context.tsx'
import { hasPlace } from '../../kernel/places.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ListHead } from '../lists/public.ts'
import { CustomersEmpty } from './CustomersEmpty.tsx'
import { text } from './text.ts'
import type { CustomerList } from './useCustomerList.ts'

type HeadProps = { list: CustomerList; actions: ViewActions; columns: readonly string[]; onCreate: () => void }

/** Views with their counts, and what one can do with the list as a whole. */
export function CustomersHead({ list, actions, columns, onCreate }: HeadProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayCreate = useCan('customers.create')
  const mayExport = useCan('customers.export')
  const mayImport = useCan('imports.run') && hasPlace('/imports')
  const making = { id: 'customers.create', label: t('newCustomer'), pinyin: 'xin jian ke hu', group: t('all'), run: onCreate }
  return (
    <ListHead
      list={list}
      actions={actions}
      entity="customer"
      {...(mayCreate && { making })}
      {...(mayExport && { exported: { entity: 'customer', columns } })}
    >
      {mayImport && !isPhone && (
        <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: '/imports' })}>
          {t('import')}
        </Button>
      )}
    </ListHead>
  )
}

/** Why there is nothing: the filter, or no customer at all. */
export function NoCustomers({ list, onCreate }: { list: CustomerList; onCreate: () => void }) {
  const t = useText(text)
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={t('customers')} conditions={conditions} onClear={clear} />
  return <CustomersEmpty onCreate={onCreate} />
}
