import { DeleteOutlined, EditOutlined, InboxOutlined, MergeCellsOutlined, UndoOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Picker } from '../../components/Picker.tsx'
import type { Tag, TagId } from '../../../src-shared/features/tags/model.ts'
import { confirm } from '../../components/confirm.ts'
import { IconButton } from '../../components/page.tsx'
import { useApi } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

type TagActsProps = { tag: Tag; among: readonly Tag[]; onRename: () => void }

/** What can be done with a tag; whatever touches customers says how many before, and is taken back by one undo. */
export function TagActs({ tag, among, onRename }: TagActsProps) {
  const t = useText(text)
  const undo = useUndo()
  const api = useApi()
  const { name, used } = tag
  const remove = useMutation(
    api.tags.remove.mutationOptions({
      onSuccess: ({ batchId, takenOff }) =>
        undo.say(takenOff > 0 ? t('removedFrom', { name, n: formatNumber(takenOff) }) : t('removed', { name }), { batchId }),
    }),
  )
  const edit = useMutation(
    api.tags.edit.mutationOptions({ onSuccess: (saved) => undo.say(t('edited', { name: saved.name }), { recordId: saved.id }) }),
  )
  const merge = useMerge(tag, among)
  const ask = async () => {
    const body = (used ?? 0) > 0 ? t('removeBody', { n: used ?? 0 }) : t('removeBodyUnused')
    if (await confirm({ title: t('removeTitle', { name }), body, yes: t('removeYes'), danger: true, undoable: true }))
      remove.mutate({ id: tag.id })
  }
  return (
    <span className="row g2 inline">
      <IconButton small icon={<EditOutlined />} title={t('rename')} onClick={onRename} />
      <IconButton
        small
        icon={<MergeCellsOutlined />}
        title={t('merge')}
        disabled={merge.isPending || among.length < 2}
        onClick={() => void merge.ask()}
      />
      <IconButton
        small
        icon={tag.archived ? <UndoOutlined /> : <InboxOutlined />}
        title={t(tag.archived ? 'unarchive' : 'archive')}
        onClick={() => edit.mutate({ id: tag.id, version: tag.version, archived: !tag.archived })}
      />
      <IconButton
        small
        icon={<DeleteOutlined />}
        title={t('remove')}
        disabled={remove.isPending || used === null}
        onClick={() => void ask()}
      />
    </span>
  )
}

function useMerge({ id, name, used }: Tag, among: readonly Tag[]) {
  const t = useText(text)
  const undo = useUndo()
  const merge = useMutation(
    useApi().tags.merge.mutationOptions({
      onSuccess: ({ into, moved, batchId }) => undo.say(t('merged', { name, into: into.name, n: moved }), { batchId }),
    }),
  )
  const ask = async () => {
    const others = among.filter((one) => one.id !== id)
    let into: TagId | undefined = others[0]?.id
    const sure = await confirm({
      title: t('mergeTitle', { name }),
      body: (
        <span className="col g8">
          {t('mergeBody', { name, n: used ?? 0 })}
          <Picker
            className="block-select"
            aria-label={t('mergeInto')}
            {...(into && { defaultValue: into as string })}
            options={others.map((one) => ({ value: one.id as string, label: one.name }))}
            onChange={(next: string) => {
              into = next as TagId
            }}
          />
        </span>
      ),
      yes: t('mergeYes'),
      undoable: true,
    })
    if (sure && into) merge.mutate({ from: [id], into })
  }
  return { ask, isPending: merge.isPending }
}
