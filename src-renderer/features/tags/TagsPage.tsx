import './tags.css'
import { PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input, type InputRef } from 'antd'
import { useRef, useState } from 'react'
import { type Tag, TAG_TONES } from '../../../src-shared/features/tags/model.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, SettingsPage } from '../../components/settings/SettingsPage.tsx'
import { EmptyState } from '../../components/states.tsx'
import { Count } from '../../components/values.tsx'
import { useApi, useCan } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useCreate } from '../../kernel/useCreate.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { ImportButton } from '../imports/public.ts'
import { TagActs } from './TagActs.tsx'
import { text } from './text.ts'

/** 标签: one set for everybody; rename, recolour, take away. */
export function TagsPage() {
  const t = useText(text)
  const mayManage = useCan('tags.manage')
  const api = useApi()
  const tags = useQuery(api.tags.list.queryOptions({ input: {}, meta: { shown: true } }))
  const counted = useQuery(api.tags.list.queryOptions({ input: { counted: true } }))
  const uses = new Map(counted.data?.map((tag) => [tag.id, tag.used]))
  return (
    <SettingsPage
      title={t('title')}
      note={t(mayManage ? 'note' : 'readOnly')}
      actions={mayManage && <ImportButton kind="tag" />}
      foot={tags.data && t('count', { n: tags.data.length })}
      flush
    >
      {mayManage && <NewTag />}
      <Loaded query={tags} feature="tags" rows={8} height={36}>
        {(rows) => (
          <div className="set-scroll">
            <TagList tags={rows.map((tag) => ({ ...tag, used: uses.get(tag.id) ?? tag.used }))} mayManage={mayManage} />
          </div>
        )}
      </Loaded>
    </SettingsPage>
  )
}

function NewTag() {
  const t = useText(text)
  const undo = useUndo()
  const input = useRef<InputRef>(null)
  const [name, setName] = useState('')
  const [tone, setTone] = useState<Tone>('ink')
  const api = useApi()
  const { create, error, isPending } = useCreate((context) =>
    api.tags.create.mutationOptions({
      context,
      meta: { shown: true },
      onSuccess: (tag) => {
        undo.say(t('created', { name: tag.name }), { recordId: tag.id })
        setName('')
        input.current?.focus()
      },
    }),
  )
  return (
    <form
      className="tags-new"
      onSubmit={(event) => {
        event.preventDefault()
        if (name.trim()) void create({ name, tone })
      }}
    >
      <Input
        ref={input}
        className="tags-name"
        maxLength={50}
        aria-label={t('newTag')}
        placeholder={t('newHint')}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <TonePicker tone={tone} onChange={setTone} />
      <Button type="primary" htmlType="submit" icon={<PlusOutlined />} disabled={!name.trim()} loading={isPending}>
        {t('add')}
      </Button>
      {error && (
        <span className="field-error" role="alert">
          {failureText(error, 'tags')}
        </span>
      )}
    </form>
  )
}

/** Eight dots; the word of each is its name for whoever cannot tell the colours apart. */
function TonePicker({ tone, onChange }: { tone: Tone; onChange?: (tone: Tone) => void }) {
  const t = useText(text)
  return (
    <span className="tags-tones" role="radiogroup" aria-label={t('tone')}>
      {TAG_TONES.map((one) => {
        const word = optionWord('tags', 'tone', one)
        return (
          <button
            type="button"
            role="radio"
            key={one}
            aria-checked={one === tone}
            aria-label={word}
            title={word}
            disabled={!onChange}
            className={`bare tags-tone ${one}${one === tone ? ' on' : ''}`}
            onClick={() => onChange?.(one)}
          />
        )
      })}
    </span>
  )
}

function TagList({ tags, mayManage }: { tags: readonly Tag[]; mayManage: boolean }) {
  const t = useText(text)
  const [renaming, setRenaming] = useState<string | null>(null)
  const name = (tag: Tag) =>
    renaming === tag.id ? <RenameInput tag={tag} onClose={() => setRenaming(null)} /> : <TagName tag={tag} />
  const acts = (tag: Tag) => mayManage && <TagActs tag={tag} among={tags} onRename={() => setRenaming(tag.id)} />
  return (
    <ListTable<Tag>
      rows={tags}
      rowKey={(tag) => tag.id}
      empty={<EmptyState title={t('empty')} hint={mayManage ? t('emptyHint') : undefined} />}
      columns={[
        { key: 'name', title: t('name'), width: 260, render: name },
        { key: 'tone', title: t('tone'), render: (tag) => <ToneOf tag={tag} mayManage={mayManage} /> },
        {
          key: 'used',
          title: t('used'),
          width: 96,
          align: 'right',
          render: (tag) => <Used tag={tag} />,
        },
        { key: 'acts', title: '', width: 132, align: 'right', render: acts },
      ]}
      describe={(tag) => ({
        title: name(tag),
        facts: [],
        state: (
          <span className="row g8">
            <Used tag={tag} />
            {acts(tag)}
          </span>
        ),
        actions: <ToneOf tag={tag} mayManage={mayManage} />,
      })}
    />
  )
}

const TagName = ({ tag }: { tag: Tag }) => {
  const t = useText(text)
  return (
    <span className="row g6 inline">
      <Chip tone={tag.tone}>{tag.name}</Chip>
      {tag.archived && <span className="t3 s12">{t('archivedTags')}</span>}
    </span>
  )
}

/** How many customers carry it leads to them. */
function Used({ tag }: { tag: Tag }) {
  const t = useText(text)
  if (tag.used === null || tag.used === 0) return tag.used === null ? null : <Count n={0} />
  const filter = { combinator: 'and', rules: [{ field: 'tags', operator: 'in', value: [tag.name] }] }
  return (
    <Link to="/customers" search={{ filter, named: tag.name } as never} title={t('showUsed', { name: tag.name })}>
      <Count n={tag.used} />
    </Link>
  )
}

function useEdit() {
  const t = useText(text)
  const undo = useUndo()
  return useMutation(
    useApi().tags.edit.mutationOptions({
      onSuccess: (saved) => undo.say(t('edited', { name: saved.name }), { recordId: saved.id }),
    }),
  )
}

function ToneOf({ tag, mayManage }: { tag: Tag; mayManage: boolean }) {
  const edit = useEdit()
  if (!mayManage) return <TonePicker tone={tag.tone} />
  return <TonePicker tone={tag.tone} onChange={(tone) => edit.mutate({ id: tag.id, version: tag.version, tone })} />
}

function RenameInput({ tag, onClose }: { tag: Tag; onClose: () => void }) {
  const t = useText(text)
  const edit = useEdit()
  const [name, setName] = useState(tag.name)
  const save = () => {
    if (name.trim() && name.trim() !== tag.name) edit.mutate({ id: tag.id, version: tag.version, name })
    onClose()
  }
  return (
    <Input
      autoFocus
      size="small"
      maxLength={50}
      aria-label={t('rename')}
      value={name}
      onChange={(event) => setName(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={save}
      onPressEnter={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    />
  )
}
