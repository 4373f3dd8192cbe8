import { useState } from 'react'
import { failureText } from '../../kernel/errors.ts'
import { toast } from '../../kernel/toast.tsx'

/** Rows of one kind that fall on a day, the first of them. */
export type DayOf<Row> = { readonly day: string; readonly by: string; readonly count: number; readonly rows: readonly Row[] }
/** A row on a day of one of its dates. */
export type DayCard<Row> = { readonly row: Row; readonly by: string }
type DayMove<Row> = DayCard<Row> & { readonly day: string }
type Known = { readonly id: string }

/** Cards onto other days: shown at once, sent behind it; `send` saves and says so. */
export function useDayMoves<Row extends Known>(send: (card: DayCard<Row>, day: string) => Promise<unknown>, feature: string) {
  const [moves, setMoves] = useState<readonly DayMove<Row>[]>([])
  const isSame = (a: DayCard<Row>) => (b: DayCard<Row>) => a.row.id === b.row.id && a.by === b.by
  const to = async (card: DayCard<Row>, day: string): Promise<void> => {
    // One after the other: the second would not know the version that the first makes.
    if (moves.some(({ row }) => row.id === card.row.id)) return
    setMoves((old) => [...old, { ...card, day }])
    try {
      await send(card, day)
    } catch (error) {
      toast(failureText(error, feature), { tone: 'bad' })
    }
    setMoves((old) => old.filter((one) => !isSame(card)(one)))
  }
  return { moves, to }
}

/** Days as they will be when the cards on their way have arrived. */
export function daysWith<Row extends Known>(days: readonly DayOf<Row>[], moves: readonly DayMove<Row>[]): readonly DayOf<Row>[] {
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
