import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { type MouseEvent, useState } from 'react'
import type { Warehouse } from '../../../src-shared/features/stock/model.ts'
import { Chip } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { Count } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 仓库: which there are, which serves orders, which are put aside. */
export function WarehousesPage() {
  const t = useText(text)
  const found = useQuery(useApi().stock.warehouses.queryOptions({ input: {}, meta: { shown: true } }))
  const [edited, setEdited] = useState<Warehouse | 'new' | null>(null)
  const state = ({ isDefault, archived }: Warehouse) =>
    archived ? <Chip>{t('archived')}</Chip> : <Chip tone={isDefault ? 'ok' : 'ink'}>{t(isDefault ? 'isDefault' : 'inUse')}</Chip>
  const acts = (row: Warehouse) => <Acts row={row} />
  return (
    <SettingsPage
      title={t('warehouses')}
      note={t('warehousesNote')}
      actions={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setEdited('new')}>
          {t('newWarehouse')}
        </Button>
      }
    >
      <Loaded query={found} feature="stock" rows={3}>
        {(rows) => (
          <ListTable<Warehouse>
            rows={rows}
            rowKey={({ id }) => id}
            onOpen={setEdited}
            columns={[
              { key: 'name', title: t('name'), render: ({ name }) => <span className="b">{name}</span> },
              {
                key: 'products',
                title: t('products'),
                width: 90,
                align: 'right',
                render: ({ products }) => <Count n={products} />,
              },
              { key: 'state', title: t('state'), width: 90, render: state },
              { key: 'acts', title: '', width: 260, align: 'right', render: acts },
            ]}
            describe={(row) => ({
              title: row.name,
              facts: [`${t('products')} ${row.products}`],
              state: state(row),
              actions: acts(row),
            })}
          />
        )}
      </Loaded>
      {edited && <NameDialog row={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
    </SettingsPage>
  )
}

function Acts({ row: { id, version, name, isDefault, archived, products } }: { row: Warehouse }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const said = {
    meta: { shown: true },
    onSuccess: (saved: { id: string }) => undo.say(t('warehouseSaved', { name }), { recordId: saved.id }),
    onError: (error: unknown) => toast(failureText(error, 'stock'), { tone: 'bad' }),
  }
  const edit = useMutation(api.stock.editWarehouse.mutationOptions(said))
  const remove = useMutation(
    api.stock.removeWarehouse.mutationOptions({
      ...said,
      onSuccess: () => undo.say(t('warehouseRemoved', { name }), { recordId: id }),
    }),
  )
  const act = (word: 'makeDefault' | 'archive' | 'unarchive' | 'remove', run: () => void) => (
    <Button
      key={word}
      size="small"
      type="text"
      disabled={edit.isPending || remove.isPending}
      onClick={(event: MouseEvent) => {
        event.stopPropagation()
        run()
      }}
    >
      {t(word)}
    </Button>
  )
  if (isDefault) return null
  return (
    <span className="row g4 end">
      {!archived && act('makeDefault', () => edit.mutate({ id, version, isDefault: true }))}
      {act(archived ? 'unarchive' : 'archive', () => edit.mutate({ id, version, archived: !archived }))}
      {products === 0 && act('remove', () => remove.mutate({ id }))}
    </span>
  )
}

function NameDialog({ row, onClose }: { row: Warehouse | null; onClose: () => void }) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const [name, setName] = useState(row?.name ?? '')
  const done = {
    meta: { shown: true },
    onSuccess: (saved: Warehouse) => {
      undo.say(t('warehouseSaved', { name: saved.name }), { recordId: saved.id })
      onClose()
    },
  }
  const create = useMutation(api.stock.createWarehouse.mutationOptions(done))
  const edit = useMutation(api.stock.editWarehouse.mutationOptions(done))
  const error = row ? edit.error : create.error
  const isPending = create.isPending || edit.isPending
  const save = () => {
    if (name.trim() === '' || isPending) return
    if (row) edit.mutate({ id: row.id, version: row.version, name })
    else create.mutate({ name })
  }
  return (
    <Modal open title={t(row ? 'editWarehouse' : 'newWarehouse')} onCancel={onClose} footer={null} closable={false} width={400}>
      <Input
        autoFocus
        maxLength={60}
        aria-label={t('name')}
        placeholder={t('name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onPressEnter={save}
      />
      {error && (
        <div className="field-error gap-above" role="alert">
          {failureText(error, 'stock')}
        </div>
      )}
      <div className="row g8 question-foot">
        <span className="grow" />
        <Button onClick={onClose}>{t('cancel')}</Button>
        <Button type="primary" loading={isPending} disabled={name.trim() === ''} onClick={save}>
          {t('save')}
        </Button>
      </div>
    </Modal>
  )
}
