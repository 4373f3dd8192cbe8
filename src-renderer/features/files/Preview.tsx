import { DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { PDF } from '../../../src-shared/features/files/bytes.ts'
import type { FileBrief } from '../../../src-shared/features/files/model.ts'
import { IconButton } from '../../components/page.tsx'
import { Nothing } from '../../components/states.tsx'
import { formatBytes } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { addressOf } from './send.ts'
import { text } from './text.ts'

const PdfView = lazy(() => import('./pdf/PdfView.tsx').then(({ PdfView: component }) => ({ default: component })))

type PreviewProps = { files: readonly FileBrief[]; first: string; onClose: () => void }

/** A picture in full, decoded by the browser, or a PDF, drawn by us; arrows go to the one before and after. */
export function Preview({ files, first, onClose }: PreviewProps) {
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      files.findIndex(({ id }) => id === first),
    ),
  )
  const file = files[at]
  if (!file) return null
  return (
    <Modal
      open
      className="file-dialog"
      width="min(1080px, 94vw)"
      centered
      footer={null}
      onCancel={onClose}
      title={<bdi className="el file-preview-name">{file.name}</bdi>}
      destroyOnHidden
    >
      <Shown files={files} at={at} file={file} onStep={(by) => setAt(Math.min(files.length - 1, Math.max(0, at + by)))} />
    </Modal>
  )
}

type ShownProps = { files: readonly FileBrief[]; at: number; file: FileBrief; onStep: (by: 1 | -1) => void }

function Shown({ files, at, file, onStep }: ShownProps) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => place.current?.focus(), [file.id])
  const foot = (tools: ReactNode) => (
    <div className="row wrap g8 file-preview-foot">
      <Neighbours at={at} count={files.length} onStep={onStep} />
      {tools}
      <span className="grow" />
      <Download file={file} />
    </div>
  )
  return (
    <div
      className="file-shown"
      role="group"
      tabIndex={-1}
      ref={place}
      onKeyDown={(event) => {
        if (event.key === 'ArrowLeft') onStep(-1)
        if (event.key === 'ArrowRight') onStep(1)
      }}
    >
      {file.type === PDF ? (
        <Suspense fallback={foot(null)}>
          <PdfView key={file.id} file={file} foot={foot} />
        </Suspense>
      ) : (
        <>
          <Picture key={file.id} file={file} />
          {foot(null)}
        </>
      )}
    </div>
  )
}

function Picture({ file }: { file: FileBrief }) {
  const t = useText(text)
  const [broken, setBroken] = useState(false)
  return (
    <div className="file-preview">
      {broken ? (
        <Nothing>{t('notShown')}</Nothing>
      ) : (
        <img src={addressOf(file.id, true)} alt={file.name} onError={() => setBroken(true)} />
      )}
    </div>
  )
}

function Neighbours({ at, count, onStep }: { at: number; count: number; onStep: (by: 1 | -1) => void }) {
  const t = useText(text)
  if (count < 2) return null
  return (
    <span className="row g8">
      <IconButton icon={<LeftOutlined />} title={t('previous')} keys="←" disabled={at === 0} onClick={() => onStep(-1)} />
      <span className="t3 s12 num">
        {at + 1} / {count}
      </span>
      <IconButton icon={<RightOutlined />} title={t('next')} keys="→" disabled={at === count - 1} onClick={() => onStep(1)} />
    </span>
  )
}

function Download({ file }: { file: FileBrief }) {
  const t = useText(text)
  return (
    <span className="row g8">
      <span className="t3 s12 num">{formatBytes(file.size)}</span>
      <Button icon={<DownloadOutlined />} href={addressOf(file.id)} download={file.name}>
        {t('download')}
      </Button>
    </span>
  )
}
