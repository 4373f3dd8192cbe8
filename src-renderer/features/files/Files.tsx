import './files.css'
import { DeleteOutlined, DownloadOutlined, EditOutlined, UploadOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { lazy, Suspense, useEffect, useState } from 'react'
import { isOpenTo } from '../../../src-shared/features/customers/may.ts'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import { isPreviewed } from '../../../src-shared/features/files/bytes.ts'
import type { StoredFile } from '../../../src-shared/features/files/model.ts'
import { IconButton } from '../../components/page.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { InstantText } from '../../components/values.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { formatBytes, formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { SendingChips } from './FileChips.tsx'
import { FileDrop } from './FileDrop.tsx'
import { FileIcon } from './FileIcon.tsx'
import { addressOf } from './send.ts'
import { text } from './text.ts'
import { useSending } from './useSending.ts'

const Preview = lazy(() => import('./Preview.tsx').then(({ Preview: component }) => ({ default: component })))

/** 附件: what hangs on a customer and on his conversations, the newest first. */
export function Files({ customer, compact = false }: { customer: Customer; compact?: boolean }) {
  const t = useText(text)
  const mayWrite = useCan('files.write') && isOpenTo(customer, 'say')
  const [shown, setShown] = useState<string | null>(null)
  const files = useQuery(useApi().files.ofCustomer.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }))
  const rows = files.data?.rows ?? []
  const shownHere = rows.filter(({ type }) => isPreviewed(type))
  const visible = compact ? rows.slice(0, 4) : rows
  return (
    <div className={compact ? 'files compact' : 'files'}>
      {mayWrite && !compact && <AddFiles customer={customer} />}
      {files.isPending && <SkeletonRows rows={3} height={44} />}
      {files.error && !files.data && <LoadFailed error={files.error} feature="files" onRetry={() => void files.refetch()} />}
      {files.data?.count === 0 && <Nothing>{t(compact || !mayWrite ? 'none' : 'noneNote')}</Nothing>}
      {!compact && files.data && <Sum count={files.data.count} rows={rows} />}
      {visible.map((file) => (
        <FileLine key={file.id} file={file} compact={compact} mayWrite={mayWrite} onShow={() => setShown(file.id)} />
      ))}
      {compact && <Rest n={rows.length - visible.length} />}
      {shown !== null && (
        <Suspense>
          <Preview files={shownHere} first={shown} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  )
}

function Rest({ n }: { n: number }) {
  const t = useText(text)
  return n > 0 ? <div className="t3 s12 files-more">{t('more', { n })}</div> : null
}

function Sum({ count, rows }: { count: number; rows: readonly StoredFile[] }) {
  const t = useText(text)
  if (count === 0) return null
  const size = formatBytes(rows.reduce((sum, row) => sum + row.size, 0))
  return <div className="t3 s12 num gap-below">{t('count', { n: formatNumber(count), size })}</div>
}

/** Sent as soon as they are here, and hung on the customer as soon as none is on its way; what did not arrive stays, with its reason. */
function AddFiles({ customer }: { customer: Customer }) {
  const t = useText(text)
  const undo = useUndo()
  const sending = useSending()
  const add = useMutation(
    useApi().files.add.mutationOptions({
      onSuccess: (files) => {
        sending.clear()
        undo.say(t('added', { n: files.length }), { procedure: 'files.add' })
      },
    }),
  )
  const { ready, isBusy } = sending
  const { mutate, isPending } = add
  useEffect(() => {
    if (!isBusy && !isPending && ready.length > 0) mutate({ entity: 'customer', recordId: customer.id, uploads: ready })
    // Once per arrival: the list is emptied when they hang.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [isBusy, ready.length])
  return (
    <FileDrop onFiles={sending.add}>
      {(choose) => (
        <>
          <div className="row g8 file-drop-line">
            <Button size="small" icon={<UploadOutlined />} onClick={choose}>
              {t('add')}
            </Button>
            <span className="t3 s12">{t('drop')}</span>
          </div>
          <SendingChips sending={sending} />
        </>
      )}
    </FileDrop>
  )
}

type LineProps = { file: StoredFile; compact: boolean; mayWrite: boolean; onShow: () => void }

function FileLine({ file, compact, mayWrite, onShow }: LineProps) {
  const t = useText(text)
  const me = useMe()
  const undo = useUndo()
  const [renaming, setRenaming] = useState(false)
  const remove = useMutation(
    useApi().files.remove.mutationOptions({
      onSuccess: () => undo.say(t('removed', { name: file.name.slice(0, 40) }), { recordId: file.id }),
    }),
  )
  const isMine = file.authorId !== null && file.authorId === me.employeeId
  const mayChange = mayWrite && !compact && (isMine || me.permissions['customers.edit'] !== undefined)
  const name = <bdi className="el">{file.name}</bdi>
  return (
    <div className="row g8 file-line">
      <span className="file-icon">
        <FileIcon type={file.type} />
      </span>
      <div className="grow">
        {renaming ? (
          <Rename file={file} onDone={() => setRenaming(false)} />
        ) : isPreviewed(file.type) ? (
          <button type="button" className="bare tbrand file-name" title={file.name} onClick={onShow}>
            {name}
          </button>
        ) : (
          <a className="tbrand file-name" href={addressOf(file.id)} download={file.name} title={file.name}>
            {name}
          </a>
        )}
        <div className="t3 s12 el">
          <span className="num">{formatBytes(file.size)}</span>
          {!compact && file.authorName && ` · ${file.authorName}`} · <InstantText at={file.createdAt} />
          {!compact && file.entity === 'followUp' && ` · ${t('fromFollowUp')}`}
        </div>
      </div>
      <span className="row file-actions">
        {mayChange && <IconButton small icon={<EditOutlined />} title={t('rename')} onClick={() => setRenaming(true)} />}
        {!compact && (
          <a
            className="icb small"
            href={addressOf(file.id)}
            download={file.name}
            title={t('download')}
            aria-label={`${t('download')} ${file.name}`}
          >
            <DownloadOutlined />
          </a>
        )}
        {mayChange && (
          <IconButton small icon={<DeleteOutlined />} title={t('remove')} onClick={() => remove.mutate({ id: file.id })} />
        )}
      </span>
    </div>
  )
}

function Rename({ file, onDone }: { file: StoredFile; onDone: () => void }) {
  const t = useText(text)
  const undo = useUndo()
  const [name, setName] = useState(file.name)
  const rename = useMutation(
    useApi().files.rename.mutationOptions({
      onSuccess: () => {
        undo.remember(t('renamed'), { recordId: file.id })
        onDone()
      },
    }),
  )
  const save = () => {
    if (name.trim() === '' || name === file.name) onDone()
    else rename.mutate({ id: file.id, version: file.version, name })
  }
  return (
    <Input
      size="small"
      autoFocus
      value={name}
      maxLength={200}
      aria-label={t('rename')}
      onChange={(event) => setName(event.target.value)}
      onPressEnter={save}
      onBlur={save}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onDone()
      }}
    />
  )
}
