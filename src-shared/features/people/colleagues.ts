import type { Colleague } from './model.ts'

type Choice = { value: string; label: string }

/**
 * Colleagues to choose from. Who shares a name is told apart by the department, and where that is the same too by the end of
 * the record's number: somebody's customers must not go to the other one.
 */
export function colleagueChoices(colleagues: readonly Colleague[]): Choice[] {
  const times = countBy(colleagues, ({ name }) => name)
  const timesThere = countBy(colleagues, placeOf)
  return colleagues.map((one) => {
    const alone = times.get(one.name) === 1
    const parts = alone ? [] : [one.departmentName, timesThere.get(placeOf(one)) === 1 ? null : `#${one.id.slice(-4)}`]
    const said = parts.filter((part) => part !== null).join(' · ')
    return { value: one.id, label: said === '' ? one.name : `${one.name}（${said}）` }
  })
}

const placeOf = ({ name, departmentName }: Colleague): string => `${name}\n${departmentName ?? ''}`

function countBy<Item>(items: readonly Item[], key: (item: Item) => string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const item of items) counts.set(key(item), (counts.get(key(item)) ?? 0) + 1)
  return counts
}
