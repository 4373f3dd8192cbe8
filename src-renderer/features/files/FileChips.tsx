import './files.css'
import { CloseOutlined, LoadingOutlined, RedoOutlined } from '@ant-design/icons'
import { lazy, Suspense, useState } from 'react'
import { isPicture, isPreviewed } from '../../../src-shared/features/files/bytes.ts'
import type { FileBrief } from '../../../src-shared/features/files/model.ts'
import { formatBytes } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { FileIcon } from './FileIcon.tsx'
import { addressOf } from './send.ts'
import { text } from './text.ts'
import type { SendingFiles } from './useSending.ts'

const Preview = lazy(() => import('./Preview.tsx').then(({ Preview: component }) => ({ default: component })))
/** Larger pictures are only decoded when somebody opens them. */
const THUMBNAIL_MOST = 4_000_000

/** What was sent with some words: pictures and PDFs to look at, the rest to download. */
export function FileChips({ files }: { files: readonly FileBrief[] }) {
  const t = useText(text)
  const [shown, setShown] = useState<FileBrief | null>(null)
  if (files.length === 0) return null
  return (
    <div className="file-chips">
      {files.map((file) =>
        isPicture(file.type) ? (
          <button
            type="button"
            key={file.id}
            className="file-thumb"
            title={file.name}
            aria-label={`${t('preview')} ${file.name}`}
            onClick={() => setShown(file)}
          >
            {file.size <= THUMBNAIL_MOST ? (
              <img src={addressOf(file.id, true)} alt="" loading="lazy" decoding="async" />
            ) : (
              <FileIcon type={file.type} />
            )}
          </button>
        ) : isPreviewed(file.type) ? (
          <button
            type="button"
            key={file.id}
            className="file-chip"
            title={file.name}
            aria-label={`${t('preview')} ${file.name}`}
            onClick={() => setShown(file)}
          >
            <Chip file={file} />
          </button>
        ) : (
          <a key={file.id} className="file-chip" href={addressOf(file.id)} download={file.name} title={file.name}>
            <Chip file={file} />
          </a>
        ),
      )}
      {shown && (
        <Suspense>
          <Preview files={files.filter(({ type }) => isPreviewed(type))} first={shown.id} onClose={() => setShown(null)} />
        </Suspense>
      )}
    </div>
  )
}

const Chip = ({ file }: { file: FileBrief }) => (
  <>
    <FileIcon type={file.type} />
    <bdi className="el">{file.name}</bdi>
    <span className="t3 num">{formatBytes(file.size)}</span>
  </>
)

/** Files that are on their way, or wait for the words they go with. */
export function SendingChips({ sending }: { sending: SendingFiles }) {
  const t = useText(text)
  if (sending.list.length === 0) return null
  return (
    <div className="file-chips" aria-live="polite">
      {sending.list.map((one) => (
        <span key={one.key} className={`file-chip${one.problem ? ' bad' : ''}`} title={one.problem ?? one.file.name}>
          {one.look ? <img src={one.look} alt="" decoding="async" /> : <FileIcon type={one.upload?.type ?? one.file.type} />}
          <bdi className="el">{one.file.name}</bdi>
          {one.problem ? (
            <button type="button" className="bare" title={t('again')} aria-label={t('again')} onClick={() => sending.again(one)}>
              <RedoOutlined />
            </button>
          ) : one.upload ? (
            <span className="t3 num">{formatBytes(one.file.size)}</span>
          ) : (
            <LoadingOutlined aria-label={t('sending')} />
          )}
          <button
            type="button"
            className="bare"
            aria-label={t('takeOut', { name: one.file.name })}
            onClick={() => sending.remove(one.key)}
          >
            <CloseOutlined />
          </button>
          {one.problem && <span className="file-problem">{one.problem}</span>}
        </span>
      ))}
    </div>
  )
}
