import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import type { ListedWord, WordList as Kind } from '../../../src-shared/features/lead-settings/model.ts'
import { IconButton } from '../../components/page.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Sortable } from '../../components/Sortable.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** Words in their order; one that goes stays readable where it was said. */
export function WordList({ list, title }: { list: Kind; title: string }) {
  const words = useQuery(useApi().leadSettings.words.queryOptions({ input: { list }, meta: { shown: true } }))
  return (
    <Section title={title}>
      <Loaded query={words} feature="leadSettings" rows={4}>
        {(rows) => (
          <Editor
            key={rows.map(({ id, name, archived }) => `${id}${name}${archived}`).join()}
            list={list}
            title={title}
            rows={rows}
          />
        )}
      </Loaded>
    </Section>
  )
}

type Line = { key: string; id?: string; name: string; used: number }
function Editor({ list, title, rows }: { list: Kind; title: string; rows: readonly ListedWord[] }) {
  const t = useText(text)
  const undo = useUndo()
  const [begun] = useState<Line[]>(() =>
    rows.filter(({ archived }) => !archived).map(({ id, name, used }) => ({ key: id, id, name, used })),
  )
  const [lines, setLines] = useState(begun)
  const save = useMutation(
    useApi().leadSettings.saveWords.mutationOptions({
      meta: { shown: true },
      onSuccess: () => undo.say(t('savedWords'), { procedure: 'leadSettings.saveWords' }),
    }),
  )
  const isDirty = JSON.stringify(lines) !== JSON.stringify(begun)
  const isReady = isDirty && lines.length > 0 && lines.every(({ name }) => name.trim() !== '')
  const rename = (key: string, name: string) => setLines(lines.map((line) => (line.key === key ? { ...line, name } : line)))
  return (
    <div className="ls-words">
      <Sortable items={lines} idOf={({ key }) => key} onMove={setLines}>
        {(line, handle) => (
          <div className="row g8 ls-word">
            {handle}
            <Input
              className="grow"
              aria-label={`${title} ${t('wordName')}`}
              maxLength={40}
              value={line.name}
              onChange={(event) => rename(line.key, event.target.value)}
            />
            {line.used > 0 && <span className="t3 s12 num">{t('used', { n: formatNumber(line.used) })}</span>}
            {lines.length > 1 && (
              <IconButton
                small
                icon={<CloseOutlined />}
                title={t('drop')}
                onClick={() => setLines(lines.filter(({ key }) => key !== line.key))}
              />
            )}
          </div>
        )}
      </Sortable>
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'leadSettings')}
        </div>
      )}
      <div className="row g8 gap-above">
        <Button size="small" icon={<PlusOutlined />} onClick={() => setLines([...lines, { key: newId(), name: '', used: 0 }])}>
          {t('add')}
        </Button>
        <span className="grow" />
        {isDirty && (
          <>
            <Button size="small" onClick={() => setLines(begun)}>
              {t('cancel')}
            </Button>
            <Button
              size="small"
              type="primary"
              disabled={!isReady}
              loading={save.isPending}
              onClick={() => save.mutate({ list, lines: lines.map(({ id, name }) => ({ ...(id && { id }), name })) })}
            >
              {t('save')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}
