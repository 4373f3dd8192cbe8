import { RightSquareOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Opportunity } from '../../../src-shared/features/opportunities/model.ts'
import { useCan, useClient } from '../../kernel/context.tsx'
import { later } from '../../kernel/later.ts'
import { useText } from '../../kernel/text.ts'
import { useOwnerOptions } from '../customers/public.ts'
import { type RecordList, useBulkWork, useTransfer } from '../lists/public.ts'
import { text } from './text.ts'

const MovingDialog = later(() => import('./BulkDialogs.tsx').then((module) => module.MovingDialog))

export type Into = { stageId: string; reasonId: string | null }
/** Why an opportunity stays as it is. */
const STAYS = { fieldsMissing: 'lackRows', requiredMissing: 'incompleteRows' } as const

/** What can be done with many opportunities at once; each ends in a toast with counts and a way back. */
export function useBulk(records: RecordList<Opportunity>) {
  const t = useText(text)
  const { opportunities } = useClient()
  const [isMoving, setMoving] = useState(false)
  const mayEdit = useCan('opportunities.edit')
  const { n, chosen } = records
  const work = useBulkWork(records, { words: t, calls: opportunities, mayRemove: useCan('opportunities.delete'), stays: STAYS })
  const giving = useTransfer(records, work, {
    words: t,
    owners: useOwnerOptions(),
    may: useCan('opportunities.transfer'),
    call: (selection, ownerId, options) => opportunities.editMany({ selection, values: { ownerId } }, options),
  })
  const move = useMutation({
    mutationKey: [['opportunities', 'moveMany']],
    mutationFn: ({ stageId, reasonId }: Into) =>
      work.run(t('bulkWorking'), (options) =>
        opportunities.moveMany(
          {
            selection: chosen(),
            stageId: stageId as never,
            ...(reasonId !== null && { lost: { reasonId: reasonId as never } }),
          },
          options,
        ),
      ),
    onSuccess: (result) => work.say('movedMany', result),
  })
  const close = () => setMoving(false)
  const moving = { key: 'move', icon: <RightSquareOutlined />, label: t('move'), onClick: () => setMoving(true) }
  return {
    actions: [...(mayEdit ? [moving] : []), ...giving.actions, ...work.exporting, ...work.removing],
    dialogs: (
      <>
        {giving.dialog}
        {isMoving && (
          <MovingDialog
            n={n}
            onApply={(into) => {
              close()
              move.mutate(into)
            }}
            onClose={close}
          />
        )}
      </>
    ),
  }
}
