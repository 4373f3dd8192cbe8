import './documents.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import type { DocumentTemplate, TemplateValues } from '../../../src-shared/features/documents/model.ts'
import { Loaded, Section, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 打印模板: the words around the lines of printed documents. */
export function TemplatesPage() {
  const t = useText(text)
  const templates = useQuery(useApi().documents.templates.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <SettingsPage title={t('title')} note={t('note')}>
      <Loaded query={templates} feature="documents" rows={6}>
        {(rows) => rows.map((row) => <Template key={`${row.id} ${row.version}`} row={row} />)}
      </Loaded>
    </SettingsPage>
  )
}

const PARTS = [
  ['head', 3],
  ['intro', 2],
  ['terms', 6],
  ['signature', 2],
] as const

function Template({ row }: { row: DocumentTemplate }) {
  const t = useText(text)
  const undo = useUndo()
  const { title, head, intro, terms, signature } = row
  const [draft, setDraft] = useState<TemplateValues>({ title, head, intro, terms, signature })
  const isChanged = (Object.keys(draft) as (keyof TemplateValues)[]).some((key) => draft[key] !== row[key])
  const edit = useMutation(
    useApi().documents.editTemplate.mutationOptions({
      meta: { shown: true },
      onSuccess: ({ id }) => undo.say(t('saved'), { recordId: id }),
    }),
  )
  return (
    <Section title={t(`kind_${row.kind}`)} note={t('company', { company: row.company })}>
      <Form layout="vertical" className="template-form">
        {edit.error && (
          <div className="field-error gap-below" role="alert">
            {failureText(edit.error, 'documents')}
          </div>
        )}
        <Form.Item label={t('heading')}>
          <Input
            maxLength={60}
            aria-label={t('heading')}
            value={draft.title}
            onChange={(event) => setDraft({ ...draft, title: event.target.value })}
          />
        </Form.Item>
        {PARTS.map(([key, rows]) => (
          <Form.Item key={key} label={t(key)}>
            <Input.TextArea
              rows={rows}
              maxLength={key === 'terms' ? 20_000 : key === 'signature' ? 500 : 2000}
              aria-label={t(key)}
              value={draft[key]}
              onChange={(event) => setDraft({ ...draft, [key]: event.target.value })}
            />
          </Form.Item>
        ))}
        <Button
          type="primary"
          loading={edit.isPending}
          disabled={!isChanged || draft.title.trim() === ''}
          onClick={() => edit.mutate({ id: row.id, version: row.version, values: draft })}
        >
          {t('save')}
        </Button>
      </Form>
    </Section>
  )
}
