import { DeleteOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import type { BulkResult } from '../../../src-shared/kernel/list.ts'
import { confirm } from '../../components/confirm.ts'
import { lastAddress } from '../../components/neighbours/place.ts'
import { useText, type Values } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'
import { useBulkResult } from './useBulkWork.tsx'

type One = { selection: { ids: string[] } }
type Say<Word extends string> = (key: Word, values?: Values) => string
type RemoveWord = 'removeTitle' | 'removeBody' | 'removeYes' | 'removed' | 'refusedRows' | 'unchangedRows'

type RemovalOptions<Word extends string> = {
  id: string
  /** The address of the list: where one is once it is gone. */
  to: string
  words: Say<Word | RemoveWord>
  call: (input: One) => Promise<BulkResult>
  stays?: Readonly<Record<string, NoInfer<Word>>>
}

/** Deleting one record from its own page, asked first; what stays says why. */
export function useRemoval<Word extends string>({ id, to, words, call, stays }: RemovalOptions<Word>) {
  const navigate = useNavigate()
  const say = useBulkResult<Word | RemoveWord>(words, { ...(stays && { stays }) })
  const remove = useMutation({
    mutationKey: [[to.slice(1), 'removeMany']],
    mutationFn: () => call({ selection: { ids: [id] } }),
    onSuccess: (result) => {
      say('removed', result)
      if (result.changed > 0) void navigate({ to, search: lastAddress(to) })
    },
  })
  const ask = async () => {
    const one = { n: 1 }
    const asked = { title: words('removeTitle', one), body: words('removeBody'), yes: words('removeYes', one) }
    if (await confirm({ ...asked, danger: true, undoable: true })) remove.mutate()
  }
  return { ask: () => void ask(), isPending: remove.isPending }
}

/** The same as a button. */
export function RemoveButton<Word extends string>(options: RemovalOptions<Word>) {
  const t = useText(text)
  const { ask, isPending } = useRemoval(options)
  return (
    <Button icon={<DeleteOutlined />} loading={isPending} onClick={ask}>
      {t('remove')}
    </Button>
  )
}

type DeletedBannerProps = {
  id: string
  words: Say<'deletedBanner' | 'restored'>
  mayRestore: boolean
  call: (input: One) => Promise<{ batchId: string | null }>
}

/** A record of the recycle bin says so, and leads out of it. */
export function DeletedBanner({ id, words, mayRestore, call }: DeletedBannerProps) {
  const t = useText(text)
  const undo = useUndo()
  const restore = useMutation({
    mutationKey: [['recycleBin', 'restore']],
    mutationFn: () => call({ selection: { ids: [id] } }),
    onSuccess: ({ batchId }) => undo.say(words('restored', { n: 1 }), { batchId }),
  })
  return (
    <div className="banner lamp">
      {words('deletedBanner')}
      {mayRestore && (
        <Button size="small" loading={restore.isPending} onClick={() => restore.mutate()}>
          {t('restore')}
        </Button>
      )}
    </div>
  )
}
