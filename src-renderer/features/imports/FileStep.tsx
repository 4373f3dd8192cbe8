import { FileExcelOutlined, LoadingOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { type DragEvent, useEffect, useRef, useState } from 'react'
import { ErrorBox } from '../../components/states.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import { isTyping } from '../../kernel/keyboard.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { useText } from '../../kernel/text.ts'
import { KindPicker, TemplateLink } from './KindChoice.tsx'
import { text } from './text.ts'

const ACCEPT = '.xlsx,.xls,.xlsm,.xlsb,.ods,.csv,.tsv,.txt,.et,.html,.htm'

type FileProps = { kind: ImportableEntity; onKind: (kind: ImportableEntity) => void }

/** Drop, paste or pick a file; everything else is found by the program. */
export function FileStep({ kind, onKind }: FileProps) {
  const t = useText(text)
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const upload = useMutation(
    useApi().imports.upload.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => void navigate({ to: `/imports/${id}`, search: { step: 0 } } as never),
    }),
  )
  const take = (file: File | undefined) => {
    if (file && !upload.isPending) upload.mutate({ entity: kind, file })
  }
  usePaste((file) => take(file), t('pasted'))
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    take(event.dataTransfer.files[0])
  }
  return (
    <div className="imp-file">
      <KindPicker value={kind} onChange={onKind} />
      <div
        className={`drop imp-drop${over ? ' over' : ''}`}
        onClick={() => input.current?.click()}
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {upload.isPending ? <LoadingOutlined className="drop-icon" /> : <FileExcelOutlined className="drop-icon" />}
        <div className="b s14">
          {upload.isPending ? t('reading', { file: upload.variables.file.name }) : t(isPhone ? 'pickTitle' : 'dropTitle')}
        </div>
        {!isPhone && <div className="t3 s12">{t('dropHint')}</div>}
        <div className="t3 s12">{t('dropFormats')}</div>
        <Button type="primary" size="large" className="gap-above" loading={upload.isPending}>
          {t('choose')}
        </Button>
      </div>
      <input
        ref={input}
        type="file"
        accept={ACCEPT}
        className="offscreen"
        aria-label={t('choose')}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {upload.error && <ErrorBox title={failureText(upload.error, 'imports')} error={upload.error} />}
      <p className="t3 imp-promise">{t('promise')}</p>
      <TemplateLink kind={kind} />
    </div>
  )
}

/** A block copied in Excel arrives as text with tabs; a copied file as itself. */
function usePaste(take: (file: File) => void, name: string): void {
  const latest = useRef(take)
  latest.current = take
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      // A cell copied in Excel ends in a line break; pasted into a field it is a word, not a table.
      if (isTyping(event.target)) return
      const [file] = event.clipboardData?.files ?? []
      const table = event.clipboardData?.getData('text/plain') ?? ''
      if (file) latest.current(file)
      else if (table.includes('\t') || table.includes('\n')) latest.current(new File([table], name, { type: 'text/csv' }))
    }
    document.addEventListener('paste', paste)
    return () => document.removeEventListener('paste', paste)
  }, [name])
}
