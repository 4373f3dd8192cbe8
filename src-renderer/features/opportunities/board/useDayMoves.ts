import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { DayField, Days } from '../../../../src-shared/features/opportunities/board.ts'
import type { Opportunity } from '../../../../src-shared/features/opportunities/model.ts'
import { useApi, useClock } from '../../../kernel/context.tsx'
import { failureText } from '../../../kernel/errors.ts'
import { instantOfWall, wallOf } from '../../../kernel/format.ts'
import { useText } from '../../../kernel/text.ts'
import { toast } from '../../../kernel/toast.tsx'
import { useUndo } from '../../../kernel/undoCommand.ts'
import { text } from './text.ts'

export type DayCard = { readonly row: Opportunity; readonly by: DayField }
type DayMove = DayCard & { readonly day: string }
type Day = Days['days'][number]

/** Next steps keep their hour on the new day. */
const valueOn = (by: DayField, row: Opportunity, day: string, zone: string): string =>
  by === 'expectedOn' || row.nextAt === null ? day : instantOfWall(`${day}T${wallOf(row.nextAt, zone).slice(11)}`, zone)

/** Cards onto other days: shown at once, sent behind it. */
export function useDayMoves() {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const cache = useQueryClient()
  const { zone } = useClock()
  const [moves, setMoves] = useState<readonly DayMove[]>([])
  const { mutateAsync: send } = useMutation(api.opportunities.edit.mutationOptions({ meta: { shown: true } }))
  const isSame = (a: DayCard) => (b: DayCard) => a.row.id === b.row.id && a.by === b.by
  const to = async (card: DayCard, day: string): Promise<void> => {
    // One after the other: the second would not know the version that the first makes.
    if (moves.some(({ row }) => row.id === card.row.id)) return
    const { row, by } = card
    setMoves((old) => [...old, { ...card, day }])
    try {
      const saved = await send({ id: row.id, version: row.version, values: { [by]: valueOn(by, row, day, zone) } })
      undo.say(t(by === 'nextAt' ? 'nextMoved' : 'expectedMoved', { name: row.name, day }), { recordId: saved.id })
      await cache.invalidateQueries({ queryKey: api.opportunities.days.key() })
    } catch (error) {
      toast(failureText(error, 'opportunities'), { tone: 'bad' })
    }
    setMoves((old) => old.filter((one) => !isSame(card)(one)))
  }
  return { moves, to }
}

/** Days as they will be when the cards on their way have arrived. */
export function daysWith(days: readonly Day[], moves: readonly DayMove[]): readonly Day[] {
  if (moves.length === 0) return days
  const left = days.map((day) => {
    const going = moves.filter(({ row, by }) => by === day.by && day.rows.some(({ id }) => id === row.id))
    const rows = day.rows.filter(({ id }) => !going.some(({ row }) => row.id === id))
    return { ...day, rows, count: day.count - going.length }
  })
  for (const { row, by, day } of moves) {
    const there = left.find((one) => one.day === day && one.by === by)
    if (there) {
      there.rows = [row, ...there.rows]
      there.count++
    } else left.push({ day, by, rows: [row], count: 1 })
  }
  return left.filter(({ count }) => count > 0)
}
