import './purchases.css'
import { useState } from 'react'
import { purchaseEntity } from '../../../src-shared/features/purchases/entity.ts'
import type { Purchase } from '../../../src-shared/features/purchases/model.ts'
import { useApi, useCan } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { ImportButton } from '../imports/public.ts'
import { ListPage, useExportAction, useRecordList } from '../lists/public.ts'
import { StateText, usePurchaseColumns } from './columns.tsx'
import { usePurchaseViews } from './systemViews.ts'
import { text } from './text.ts'

const PurchasePanel = later(() => import('./PurchasePanel.tsx').then((module) => module.PurchasePanel))
const PurchaseDrawer = later(() => import('./PurchaseDrawer.tsx').then((module) => module.PurchaseDrawer))

const pageOf = ({ id }: Purchase) => `/purchases/${id}`

/** 采购: what is to be bought in one list with views, from the draft to what has arrived. */
export function PurchasesPage() {
  const t = useText(text)
  const records = useRecordList<Purchase>({
    entity: purchaseEntity,
    to: '/purchases',
    system: usePurchaseViews(),
    columns: usePurchaseColumns(),
    calls: useApi().purchases,
    exports: ['customers.export'],
    pageOf,
  })
  const [creating, setCreating] = useState(false)
  const { openPage, beside } = records
  const create = () => setCreating(true)
  const making = {
    id: 'purchases.create',
    label: t('newPurchase'),
    pinyin: 'xin jian cai gou',
    group: t('purchases'),
    run: create,
  }
  return (
    <ListPage
      records={records}
      names={{ one: t('purchase'), many: t('purchases') }}
      words={t}
      making={useCan('purchases.write') ? making : undefined}
      imports={<ImportButton kind="purchase" />}
      bulk={useExportAction(records)}
      describe={describe}
      panel={(at) => <PurchasePanel {...at} />}
    >
      {creating && (
        <PurchaseDrawer onClose={() => setCreating(false)} onCreated={(row) => openPage(row, 0)} onTakeBack={beside.closeIf} />
      )}
    </ListPage>
  )
}

const describe = (row: Purchase) => ({
  title: row.goods ?? row.number,
  facts: [<StateText key="state" row={row} />, row.number, row.supplier].filter(Boolean),
  state: <span className="num s12 t3">{row.expectedOn}</span>,
})
