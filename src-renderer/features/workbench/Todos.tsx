import { RightOutlined } from '@ant-design/icons'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { BenchLayout } from '../../../src-shared/features/workbench/layout.ts'
import { shownOf } from '../../../src-shared/features/workbench/places.ts'
import {
  BIRTHDAY_DAYS,
  CONTRACT_DAYS,
  birthdayFilter,
  type Deal,
  DEAL_FIELDS,
  dealFilter,
  endingFilter,
  DEALS,
  invoicesAsked,
  LEAD_FIELDS,
  leadFilter,
  lateFilter,
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
  return useQuery(useApi().customers.count.queryOptions({ ...counted(filter), enabled })).data?.count
}
const counted = (filter: Filter) => ({
  input: { filter },
  staleTime: 15_000,
  placeholderData: keepPreviousData,
  meta: { shown: true },
})

const isReadable = (right: string): boolean => right === 'read' || right === 'write'
export const useAsksBy = (): ((field: string) => boolean) => {
  const me = useMe()
  return (field) => isReadable(fieldRightOf(me, 'customer', field))
}

const ofDeals = (todo: string): todo is Deal => DEALS.some((deal) => deal === todo)

/** 今日待办: what waits, each a number that opens its list. */
export function Todos({ looking, places }: { looking: Looking; places: BenchLayout['todos'] }) {
  const t = useText(text)
  const asksBy = useAsksBy()
  const shown = shownOf(places, KNOWN.todos).filter((todo) => isBeside(todo) || ofDeals(todo) || TODO_FIELDS[todo].every(asksBy))
  return (
    <section className="card wb-todo" aria-labelledby="wb-todo">
      <header className="ch">
        <h2 id="wb-todo">{t('todo')}</h2>
      </header>
      <ul className="wb-lines">
        {shown.map((todo) => {
          if (isBeside(todo)) {
            const Beside = BESIDE[todo]
            return <Beside key={todo} looking={looking} />
          }
          return ofDeals(todo) ? (
            <Deals key={todo} deal={todo} looking={looking} />
          ) : (
            <Line key={todo} todo={todo} looking={looking} />
          )
        })}
      </ul>
    </section>
  )
}

type CountLineProps = {
  todo: Todo | Deal | 'leadsToday' | 'birthdays' | 'latePlans' | 'contractsEnding' | 'invoicesAsked'
  to?: '/leads' | '/contacts' | '/opportunities' | '/orders' | '/invoices'
  filter: Filter
  n: number | undefined
  children?: ReactNode
}
/** A number that opens its list; `children`: what stands beside its words. */
function CountLine({ todo, to, filter, n, children }: CountLineProps) {
  const t = useText(text)
  return (
    <li>
      <ListLink {...(to && { to })} filter={filter} named={t(todo)} className={`wb-line${n === 0 ? ' none' : ''}`}>
        <span>{t(todo)}</span>
        {children}
        <span className="grow" />
        <b className="num" data-count={todo}>
          {n === undefined ? '…' : formatNumber(n)}
        </b>
        <RightOutlined className="wb-go" />
      </ListLink>
    </li>
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
    <CountLine todo={todo} filter={filter} n={n}>
      {todo === 'dueToday' && overdue !== undefined && overdue > 0 && (
        <span className="twarn s12">{t('withOverdue', { n: formatNumber(overdue) })}</span>
      )}
      {todo === 'poolSoon' && <span className="twarn s12">{t('inDays', { n: POOL_DAYS })}</span>}
    </CountLine>
  )
}

/** Opportunities, for who may read them and what is asked by. */
function Deals({ deal, looking: { whose, day } }: { deal: Deal; looking: Looking }) {
  const me = useMe()
  const fields = [...DEAL_FIELDS[deal], ...(whose === null ? [] : ['ownerId'])]
  const asks = fields.every((field) => isReadable(fieldRightOf(me, 'opportunity', field)))
  const enabled = useCan('opportunities.read') && asks
  const filter = dealFilter(deal, whose, day)
  const { data } = useQuery(useApi().opportunities.count.queryOptions({ ...counted(filter), enabled }))
  return enabled && <CountLine todo={deal} to="/opportunities" filter={filter} n={data?.count} />
}

/** Leads whose turn it is today, for who may read them. */
function LeadsToday({ looking: { whose, day } }: { looking: Looking }) {
  const me = useMe()
  const fields = [...LEAD_FIELDS, ...(whose === null ? [] : ['ownerId'])]
  const asks = fields.every((field) => isReadable(fieldRightOf(me, 'lead', field)))
  const enabled = useCan('leads.read') && asks
  const filter = leadFilter(whose, day)
  const { data } = useQuery(useApi().leads.count.queryOptions({ ...counted(filter), enabled }))
  return enabled && <CountLine todo="leadsToday" to="/leads" filter={filter} n={data?.count} />
}

/** People, not customers: whoever may read contacts and their birthdays sees how many are near. */
function Birthdays({ looking: { whose } }: { looking: Looking }) {
  const t = useText(text)
  const me = useMe()
  const asksBy = useAsksBy()
  const enabled =
    useCan('contacts.read') && isReadable(fieldRightOf(me, 'contact', 'birthday')) && (whose === null || asksBy('ownerId'))
  const filter = birthdayFilter(whose)
  const { data } = useQuery(useApi().contacts.count.queryOptions({ ...counted(filter), enabled }))
  if (!enabled) return null
  return (
    <CountLine todo="birthdays" to="/contacts" filter={filter} n={data?.count}>
      <span className="t3 s12">{t('inDays', { n: BIRTHDAY_DAYS })}</span>
    </CountLine>
  )
}

/** Orders of which a planned payment is late. */
function LatePlans({ looking: { whose } }: { looking: Looking }) {
  const me = useMe()
  const asks = ['overdueFen', ...(whose === null ? [] : ['ownerId'])].every((field) =>
    isReadable(fieldRightOf(me, 'order', field)),
  )
  const enabled = useCan('orders.read') && asks
  const filter = lateFilter(whose)
  const { data } = useQuery(useApi().orders.count.queryOptions({ ...counted(filter), enabled }))
  return enabled && <CountLine todo="latePlans" to="/orders" filter={filter} n={data?.count} />
}

/** Invoices that were asked for, for who may make them out, whoever is looked at. */
function InvoicesAsked() {
  const mayIssue = useCan('invoices.issue')
  const enabled = useCan('invoices.read') && mayIssue
  const filter = invoicesAsked()
  const { data } = useQuery(useApi().invoices.count.queryOptions({ ...counted(filter), enabled }))
  return enabled && <CountLine todo="invoicesAsked" to="/invoices" filter={filter} n={data?.count} />
}

/** Contracts whose end is near. */
function Ending({ looking: { whose, day } }: { looking: Looking }) {
  const t = useText(text)
  const me = useMe()
  const asks = ['endsOn', ...(whose === null ? [] : ['ownerId'])].every((field) => isReadable(fieldRightOf(me, 'order', field)))
  const enabled = useCan('orders.read') && asks
  const filter = endingFilter(whose, day)
  const { data } = useQuery(useApi().orders.count.queryOptions({ ...counted(filter), enabled }))
  if (!enabled) return null
  return (
    <CountLine todo="contractsEnding" to="/orders" filter={filter} n={data?.count}>
      <span className="t3 s12">{t('inDays', { n: CONTRACT_DAYS })}</span>
    </CountLine>
  )
}

/** What waits for one's own decision, whoever is looked at; nothing where nothing waits. */
function Approvals() {
  const t = useText(text)
  const n = useQuery(useApi().approvals.waiting.queryOptions({ input: {}, meta: { shown: true } })).data?.count
  if (!n) return null
  return (
    <li>
      <Link to="/approvals" preload={false} className="wb-line">
        <span>{t('approvals')}</span>
        <span className="grow" />
        <b className="num" data-count="approvals">
          {formatNumber(n)}
        </b>
        <RightOutlined className="wb-go" />
      </Link>
    </li>
  )
}

/** Counters of something else than customers and opportunities. */
const BESIDE = {
  approvals: Approvals,
  leadsToday: LeadsToday,
  birthdays: Birthdays,
  latePlans: LatePlans,
  contractsEnding: Ending,
  invoicesAsked: InvoicesAsked,
}
const isBeside = (todo: string): todo is keyof typeof BESIDE => todo in BESIDE
