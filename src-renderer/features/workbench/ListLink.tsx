import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { Filter } from '../../../src-shared/kernel/list.ts'

/** To the list of exactly the rows that a number counted; the list calls them by the number's name. */
export function ListLink({
  to = '/customers',
  filter,
  named,
  className,
  children,
}: {
  to?: '/customers' | '/leads' | '/contacts' | '/opportunities' | '/orders' | '/invoices'
  filter: Filter
  named: string
  className?: string
  children: ReactNode
}) {
  return (
    <Link to={to} search={{ view: 'all', filter, named } as never} preload={false} {...(className && { className })}>
      {children}
    </Link>
  )
}
