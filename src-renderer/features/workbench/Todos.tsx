import { RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { BenchLayout } from '../../../src-shared/features/workbench/layout.ts'
import { shownOf } from '../../../src-shared/features/workbench/places.ts'
import {
  BIRTHDAY_DAYS,
  birthdayFilter,
  overdueFilter,
  POOL_DAYS,
  type Todo,
  TODO_FIELDS,
  todoFilter,
} from '../../../src-shared/features/workbench/todo.ts'
import type { Filter } from '../../../src-shared/kernel/list.ts'
import { fieldRightOf, useApi, useCan, useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { KNOWN } from './known.ts'
import { ListLink } from './ListLink.tsx'
import { text } from './text.ts'
import type { Looking } from './useWorkbench.ts'

/** A number of customers, counted beside the page; the one before stays until the next is known. */
export function useCount(filter: Filter, enabled = true): number | undefined {
  return useQuery(
    useApi().customers.count.queryOptions({
      input: { filter },
      enabled,
      staleTime: 15_000,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  ).data?.count
}

const isReadable = (right: string): boolean => right === 'read' || right === 'write'
export const useAsksBy = (): ((field: string) => boolean) => {
  const me = useMe()
  return (field) => isReadable(fieldRightOf(me, 'customer', field))
}

/** 今日待办: what waits, each a number that opens its list. */
export function Todos({ looking, places }: { looking: Looking; places: BenchLayout['todos'] }) {
  const t = useText(text)
  const asksBy = useAsksBy()
  const shown = shownOf(places, KNOWN.todos).filter((todo) => todo === 'birthdays' || TODO_FIELDS[todo].every(asksBy))
  return (
    <section className="card wb-todo" aria-labelledby="wb-todo">
      <header className="ch">
        <h2 id="wb-todo">{t('todo')}</h2>
      </header>
      <ul className="wb-lines">
        {shown.map((todo) =>
          todo === 'birthdays' ? <Birthdays key={todo} looking={looking} /> : <Line key={todo} todo={todo} looking={looking} />,
        )}
      </ul>
    </section>
  )
}

function Line({ todo, looking: { whose, day } }: { todo: Todo; looking: Looking }) {
  const t = useText(text)
  const filter = todoFilter(todo, whose, day)
  const n = useCount(filter)
  const overdue = useCount(overdueFilter(whose, day), todo === 'dueToday')
  // A company without pools has nothing to fear of them.
  if (todo === 'poolSoon' && !n) return null
  return (
    <li>
      <ListLink filter={filter} named={t(todo)} className={`wb-line${n === 0 ? ' none' : ''}`}>
        <span>{t(todo)}</span>
        {todo === 'dueToday' && overdue !== undefined && overdue > 0 && (
          <span className="twarn s12">{t('withOverdue', { n: formatNumber(overdue) })}</span>
        )}
        {todo === 'poolSoon' && <span className="twarn s12">{t('inDays', { n: POOL_DAYS })}</span>}
        <span className="grow" />
        <b className="num" data-count={todo}>
          {n === undefined ? '…' : formatNumber(n)}
        </b>
        <RightOutlined className="wb-go" />
      </ListLink>
    </li>
  )
}

/** People, not customers: whoever may read contacts and their birthdays sees how many are near. */
function Birthdays({ looking: { whose } }: { looking: Looking }) {
  const t = useText(text)
  const me = useMe()
  const asksBy = useAsksBy()
  const enabled =
    useCan('contacts.read') && isReadable(fieldRightOf(me, 'contact', 'birthday')) && (whose === null || asksBy('ownerId'))
  const filter = birthdayFilter(whose)
  const { data } = useQuery(
    useApi().contacts.count.queryOptions({
      input: { filter },
      enabled,
      staleTime: 15_000,
      placeholderData: keepPreviousData,
      meta: { shown: true },
    }),
  )
  if (!enabled) return null
  const n = data?.count
  return (
    <li>
      <ListLink to="/contacts" filter={filter} named={t('birthdays')} className={`wb-line${n === 0 ? ' none' : ''}`}>
        <span>{t('birthdays')}</span>
        <span className="t3 s12">{t('inDays', { n: BIRTHDAY_DAYS })}</span>
        <span className="grow" />
        <b className="num" data-count="birthdays">
          {n === undefined ? '…' : formatNumber(n)}
        </b>
        <RightOutlined className="wb-go" />
      </ListLink>
    </li>
  )
}
