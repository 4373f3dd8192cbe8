import { DownloadOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Modal } from 'antd'
import { useState } from 'react'
import type { FileBrief } from '../../../src-shared/features/files/model.ts'
import { IconButton } from '../../components/page.tsx'
import { Nothing } from '../../components/states.tsx'
import { formatBytes } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { addressOf } from './send.ts'
import { text } from './text.ts'

type PreviewProps = { files: readonly FileBrief[]; first: string; onClose: () => void }

/** A picture in full, decoded by the browser; arrows go to the one before and after. */
export function Preview({ files, first, onClose }: PreviewProps) {
  const t = useText(text)
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      files.findIndex(({ id }) => id === first),
    ),
  )
  const [broken, setBroken] = useState<string | null>(null)
  const file = files[at]
  if (!file) return null
  const step = (by: number) => setAt((old) => Math.min(files.length - 1, Math.max(0, old + by)))
  return (
    <Modal
      open
      width="min(1080px, 94vw)"
      footer={null}
      onCancel={onClose}
      title={<bdi className="el file-preview-name">{file.name}</bdi>}
      destroyOnHidden
    >
      <div
        className="file-preview"
        role="group"
        tabIndex={-1}
        ref={(element) => element?.focus()}
        onKeyDown={(event) => {
          if (event.key === 'ArrowLeft') step(-1)
          if (event.key === 'ArrowRight') step(1)
        }}
      >
        {broken === file.id ? (
          <Nothing>{t('notShown')}</Nothing>
        ) : (
          <img src={addressOf(file.id, true)} alt={file.name} onError={() => setBroken(file.id)} />
        )}
      </div>
      <div className="row g8">
        {files.length > 1 && (
          <>
            <IconButton icon={<LeftOutlined />} title={t('previous')} keys="←" disabled={at === 0} onClick={() => step(-1)} />
            <span className="t3 s12 num">
              {at + 1} / {files.length}
            </span>
            <IconButton
              icon={<RightOutlined />}
              title={t('next')}
              keys="→"
              disabled={at === files.length - 1}
              onClick={() => step(1)}
            />
          </>
        )}
        <span className="grow" />
        <span className="t3 s12 num">{formatBytes(file.size)}</span>
        <Button icon={<DownloadOutlined />} href={addressOf(file.id)} download={file.name}>
          {t('download')}
        </Button>
      </div>
    </Modal>
  )
}
