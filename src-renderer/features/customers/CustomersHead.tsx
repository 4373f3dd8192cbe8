import { ImportOutlined, PlusOutlined } from '@ant-design/icons'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { ViewTabs } from '../../components/page.tsx'
import { FilteredEmpty } from '../../components/states.tsx'
import { useAction } from '../../kernel/actions.ts'
import { useCan, useMe } from '../../kernel/context.tsx'
import { newKeys, useShortcut } from '../../kernel/keyboard.ts'
import { hasPlace } from '../../kernel/places.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { ExportMenu } from '../exports/public.ts'
import { CustomersEmpty } from './CustomersEmpty.tsx'
import { text } from './text.ts'
import { type useCustomerList, useViewCounts } from './useCustomerList.ts'
import { viewsOf } from './useSight.ts'
import { conditionsOf, readState } from './views.ts'

type List = ReturnType<typeof useCustomerList>

/** Views with their counts, and what one can do with the list as a whole. */
export function CustomersHead({ list, columns, onCreate }: { list: List; columns: readonly string[]; onCreate: () => void }) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const mayCreate = useCan('customers.create')
  const mayExport = useCan('customers.export')
  const mayImport = useCan('imports.run') && hasPlace('/imports')
  const counts = useViewCounts(!isPhone)
  useShortcut('Ctrl+N', mayCreate ? { label: t('newCustomer'), group: t('all') } : null, onCreate)
  useShortcut('N', mayCreate ? { label: t('newCustomer'), group: t('all') } : null, onCreate)
  useAction(
    mayCreate
      ? { id: 'customers.create', label: t('newCustomer'), pinyin: 'xin jian ke hu', keys: newKeys(), run: onCreate }
      : null,
  )
  return (
    <ViewTabs
      views={viewsOf(useMe()).map((key) => ({ key, label: t(key), count: counts[key] }))}
      at={list.state.view}
      onChange={(view) => list.setState({ ...readState({}), view, sort: list.state.sort })}
    >
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
    </ViewTabs>
  )
}

/** Why there is nothing: the filter, or no customer at all. */
export function NoCustomers({ list, onCreate }: { list: List; onCreate: () => void }) {
  const t = useText(text)
  const conditions = conditionsOf(list.state)
  if (conditions > 0 || list.state.view !== 'all') {
    return <FilteredEmpty what={t('customers')} conditions={conditions} onClear={() => list.setState(readState({}))} />
  }
  return <CustomersEmpty onCreate={onCreate} />
}
