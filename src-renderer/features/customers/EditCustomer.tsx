import { Suspense, useState } from 'react'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { useCan } from '../../kernel/context.tsx'
import { useShortcut } from '../../kernel/keyboard.ts'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { recordText as text } from './recordText.ts'

const EditDrawer = later(() => import('./EditDrawer.tsx').then((module) => module.EditDrawer))

/** 编辑: all writable fields of a customer at once, by the button or the key. */
export function useEditCustomer(customer: Customer) {
  const t = useText(text)
  const [isOpen, setOpen] = useState(false)
  const mayEdit = useCan('customers.edit') && isOpenTo(customer, 'edit')
  const open = () => setOpen(true)
  useShortcut('E', mayEdit ? { label: t('editCustomer'), group: t('crumb') } : null, open)
  return {
    mayEdit,
    open,
    dialog: isOpen && (
      <Suspense>
        <EditDrawer customer={customer} onClose={() => setOpen(false)} />
      </Suspense>
    ),
  }
}
