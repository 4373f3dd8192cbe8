import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import type { Move, Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import type { Stage } from '../../../../src-shared/features/pipelines/model.ts'
import { nowIso } from '../../../kernel/clock.ts'
import { useApi } from '../../../kernel/context.tsx'
import { failureText } from '../../../kernel/errors.ts'
import { useText } from '../../../kernel/text.ts'
import { toast } from '../../../kernel/toast.tsx'
import { useUndo } from '../../../kernel/undoCommand.ts'
import { text as words } from '../text.ts'
import { askedOf, usePipelines } from '../words.ts'
import { type CardMove, rowIn } from './boardRows.ts'

type Given = Pick<Move, 'lost'> & { values?: Move['values'] }
type Asking = { readonly row: Opportunity; readonly stage: Stage }

/**
 * Cards into other stages: shown at once, sent behind it, and let go only when what is shown without it says the same. A stage that
 * asks for something asks first; meanwhile the card already stands where it was put.
 */
export function useCardMoves() {
  const t = useText(words)
  const api = useApi()
  const undo = useUndo()
  const pipelines = usePipelines()
  const cache = useQueryClient()
  const [moves, setMoves] = useState<readonly CardMove[]>([])
  const [asking, setAsking] = useState<Asking | null>(null)
  const [isAnswering, setAnswering] = useState(false)
  const latest = useRef(new Map<string, Promise<Opportunity | null>>())
  const { mutateAsync: send } = useMutation(api.opportunities.move.mutationOptions({ meta: { shown: true } }))

  const put = (row: Opportunity, stage: Stage) =>
    setMoves((old) => {
      const before = old.find((one) => one.row.id === row.id)
      const move = { row: rowIn(row, stage, nowIso()), from: before?.from ?? row.stageId, to: stage.id }
      return [...old.filter((one) => one.row.id !== row.id), move]
    })
  const drop = (id: string) => setMoves((old) => old.filter((one) => one.row.id !== id))

  const sendAfter = async (before: Promise<Opportunity | null> | undefined, row: Opportunity, stage: Stage, given: Given) => {
    const stands = before ? await before : row
    // The step before it was not taken: nor is this one.
    if (!stands) return null
    try {
      const saved = await send({ id: row.id, version: stands.version, stageId: stage.id, ...given })
      cache.setQueryData(api.opportunities.get.queryKey({ input: { id: saved.id } }), (old) => old && { ...old, ...saved })
      const word = saved.state === 'won' ? 'wonToast' : saved.state === 'lost' ? 'lostToast' : 'moved'
      undo.say(t(word, { name: saved.name, stage: saved.stageName }), { recordId: saved.id })
      return saved
    } catch (error) {
      toast(failureText(error, 'opportunities'), { tone: 'bad' })
      return null
    }
  }
  const go = async (row: Opportunity, stage: Stage, given: Given): Promise<boolean> => {
    put(row, stage)
    const sent = sendAfter(latest.current.get(row.id), row, stage, given)
    latest.current.set(row.id, sent)
    const saved = await sent
    const isLast = () => latest.current.get(row.id) === sent
    if (!isLast()) return saved !== null
    const keys = [api.opportunities.board.key(), api.opportunities.column.key()]
    await Promise.all(keys.map((queryKey) => cache.invalidateQueries({ queryKey })))
    if (isLast()) {
      latest.current.delete(row.id)
      drop(row.id)
    }
    return saved !== null
  }
  return {
    moves,
    asking,
    isAnswering,
    /** @returns whether the card is on its way; a stage that asks first has it stand there meanwhile. */
    to: (row: Opportunity, stage: Stage): boolean => {
      if (row.stageId === stage.id) return false
      put(row, stage)
      if (stage.kind === 'lost' || askedOf({ row, stage, pipelines }).lacks) {
        setAsking({ row, stage })
        return false
      }
      void go(row, stage, {})
      return true
    },
    answer: (given: Given) => {
      if (!asking || isAnswering) return
      setAnswering(true)
      void go(asking.row, asking.stage, given).then((taken) => {
        setAnswering(false)
        // What was typed is not lost when it was not taken.
        if (taken) setAsking(null)
      })
    },
    /** It goes back to where it was. */
    cancel: () => {
      if (asking) drop(asking.row.id)
      setAsking(null)
    },
  }
}
export type CardMoves = ReturnType<typeof useCardMoves>
