import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { FilteredEmpty } from '../../components/states.tsx'
import { nothingFound } from '../../components/views/nothingFound.ts'
import type { ViewActions } from '../../components/views/useViewActions.ts'
import { ViewBar } from '../../components/views/ViewBar.tsx'
import { useViewCounts } from '../../components/views/useViewedList.ts'
import { useAction } from '../../kernel/actions.ts'
import { useCan } from '../../kernel/context.tsx'
import { newKeys, useShortcut } from '../../kernel/keyboard.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ExportMenu } from '../exports/public.ts'
import { ViewStar } from '../favourites/public.ts'
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
  const counts = useViewCounts(list, !isPhone)
  useShortcut('Ctrl+N', mayCreate ? { label: t('newCustomer'), group: t('all') } : null, onCreate)
  useShortcut('N', mayCreate ? { label: t('newCustomer'), group: t('all') } : null, onCreate)
  useAction(
    mayCreate
      ? { id: 'customers.create', label: t('newCustomer'), pinyin: 'xin jian ke hu', keys: newKeys(), run: onCreate }
      : null,
  )
  return (
    <ViewBar list={list} actions={actions} counts={counts} star={<ViewStar entity="customer" tab={list.current} />}>
      {mayImport && !isPhone && (
        <Button icon={<ImportOutlined />} onClick={() => void navigate({ to: '/imports' })}>
          {t('import')}
        </Button>
      )}
      {mayExport && !isPhone && (
        <ExportMenu
          what={() => ({
            entity: 'customer',
            selection: { which: list.which, except: [] },
            columns: [...columns],
            ...(list.sort && { sort: list.sort }),
          })}
        />
      )}
      {mayCreate && (
        <Button type="primary" icon={<PlusOutlined />} onClick={onCreate} aria-label={t('newCustomer')}>
          {isPhone ? null : t('newCustomer')}
        </Button>
      )}
    </ViewBar>
  )
}

/** Why there is nothing: the filter, or no customer at all. */
export function NoCustomers({ list, onCreate }: { list: CustomerList; onCreate: () => void }) {
  const t = useText(text)
  const { conditions, clear } = nothingFound(list)
  if (conditions > 0) return <FilteredEmpty what={t('customers')} conditions={conditions} onClear={clear} />
  return <CustomersEmpty onCreate={onCreate} />
}
