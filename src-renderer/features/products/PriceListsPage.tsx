import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Switch } from 'antd'
import { Suspense, useState } from 'react'
import type { PriceList } from '../../../src-shared/features/products/model.ts'
import { confirm } from '../../components/confirm.ts'
import { IconButton, PageHead } from '../../components/page.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { later } from '../../kernel/later.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import './products.css'
import { text } from './text.ts'

const PriceListDrawer = later(() => import('./PriceListDrawer.tsx').then((module) => module.PriceListDrawer))
const PriceItems = later(() => import('./PriceItems.tsx').then((module) => module.PriceItems))

type Open = { readonly kind: 'new' } | { readonly kind: 'edit' | 'items'; readonly id: PriceList['id'] } | null
type T = Translate<keyof (typeof text)['zh-CN']>

/** A 级客户，2026-01-01 起：12 个产品 */
const sentence = (t: T, { level, validFrom, validTo, items }: PriceList): string =>
  t('listSentence', {
    who: level === null ? t('everybody') : t('forLevel', { level }),
    from: validFrom,
    to: validTo === null ? '' : t('until', { to: validTo }),
    n: items,
  })

/** 价格表: for whom, from when, which of them counts first; the prices of one open beside. */
export function PriceListsPage() {
  const t = useText(text)
  const navigate = useNavigate()
  const mayWrite = useCan('products.prices')
  const lists = useQuery(useApi().products.priceLists.queryOptions({ input: {}, meta: { shown: true } }))
  const [open, setOpen] = useState<Open>(null)
  const shown = open && 'id' in open ? lists.data?.find(({ id }) => id === open.id) : undefined
  const close = () => setOpen(null)
  return (
    <main className="page">
      <PageHead title={t('priceLists')} note={t('listsNote')} onBack={() => void navigate({ to: '/products' })}>
        {mayWrite && (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ kind: 'new' })}>
            {t('newList')}
          </Button>
        )}
      </PageHead>
      <div className="set-flush">
        <Loaded query={lists} feature="products" rows={4} height={40}>
          {(rows) => <Lists rows={rows} mayWrite={mayWrite} onOpen={setOpen} />}
        </Loaded>
      </div>
      <Suspense>
        {open?.kind === 'new' && <PriceListDrawer onClose={close} />}
        {open?.kind === 'edit' && shown && <PriceListDrawer list={shown} onClose={close} />}
        {open?.kind === 'items' && shown && <PriceItems list={shown} said={sentence(t, shown)} onClose={close} />}
      </Suspense>
    </main>
  )
}

type ListsProps = { rows: readonly PriceList[]; mayWrite: boolean; onOpen: (open: Open) => void }
function Lists({ rows, mayWrite, onOpen }: ListsProps) {
  const t = useText(text)
  const acts = useActs(rows)
  const state = (row: PriceList) =>
    mayWrite ? (
      <Switch
        size="small"
        aria-label={`${t('enabled')} ${row.name}`}
        checked={row.enabled}
        onClick={(_, event) => event.stopPropagation()}
        onChange={(enabled) => acts.edit(row, { enabled })}
      />
    ) : (
      <span className="t3 s12">{t(row.enabled ? 'enabled' : 'disabled')}</span>
    )
  const buttons = (row: PriceList, at: number) => (
    <span className="row g6 inline" role="presentation" onClick={(event) => event.stopPropagation()}>
      <IconButton small icon={<ArrowUpOutlined />} title={t('up')} disabled={at === 0} onClick={() => acts.move(at, -1)} />
      <IconButton
        small
        icon={<ArrowDownOutlined />}
        title={t('down')}
        disabled={at === rows.length - 1}
        onClick={() => acts.move(at, 1)}
      />
      <IconButton small icon={<EditOutlined />} title={t('editList')} onClick={() => onOpen({ kind: 'edit', id: row.id })} />
      <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => void acts.remove(row)} />
    </span>
  )
  return (
    <ListTable<PriceList>
      rows={rows}
      rowKey={({ id }) => id}
      onOpen={({ id }) => onOpen({ kind: 'items', id })}
      empty={<EmptyState title={t('noLists')} hint={t('noListsHint')} />}
      columns={[
        { key: 'name', title: t('listName'), width: 220, render: ({ name }) => <span className="b">{name}</span> },
        { key: 'said', title: t('items'), render: (row) => sentence(t, row) },
        { key: 'enabled', title: t('enabled'), width: 80, render: state },
        ...(mayWrite
          ? [
              {
                key: 'acts',
                title: '',
                width: 150,
                align: 'right' as const,
                render: (row: PriceList) => buttons(row, rows.indexOf(row)),
              },
            ]
          : []),
      ]}
      describe={(row) => ({
        title: row.name,
        facts: [sentence(t, row), row.enabled ? null : t('disabled')],
        ...(mayWrite && { actions: buttons(row, rows.indexOf(row)) }),
      })}
    />
  )
}

function useActs(rows: readonly PriceList[]) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const change = useMutation(api.products.editPriceList.mutationOptions())
  const gone = useMutation(api.products.removePriceList.mutationOptions({ meta: {} }))
  const edit = (row: PriceList, values: { enabled: boolean }) =>
    change.mutate(
      { id: row.id, version: row.version, ...values },
      { onSuccess: () => undo.say(t('listSaved', { name: row.name }), { recordId: row.id }) },
    )
  /** Of a line that goes up or down all ranks are said anew, as far as they differ. */
  const move = async (at: number, by: -1 | 1) => {
    const order = [...rows]
    const [row] = order.splice(at, 1)
    if (!row) return
    order.splice(at + by, 0, row)
    for (const [position, one] of order.entries())
      if (one.position !== position) await change.mutateAsync({ id: one.id, version: one.version, position })
    undo.remember(t('listSaved', { name: row.name }), { recordId: row.id })
  }
  const remove = async (row: PriceList) => {
    const sure = await confirm({
      title: t('removeListTitle', { name: row.name }),
      body: t('removeListBody', { n: formatNumber(row.items) }),
      yes: t('removeListYes'),
      danger: true,
      undoable: true,
    })
    if (sure)
      gone.mutate({ id: row.id }, { onSuccess: () => undo.say(t('listRemoved', { name: row.name }), { recordId: row.id }) })
  }
  return { edit, move: (at: number, by: -1 | 1) => void move(at, by), remove }
}
