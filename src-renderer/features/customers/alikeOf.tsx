import { type ReactNode, Suspense } from 'react'
import type { CustomerId } from '../../../src-shared/features/customers/model.ts'
import { later } from '../../kernel/later.ts'

const AlikeHint = later(() => import('./AlikeHint.tsx').then((module) => module.AlikeHint))

/** The fields by which one who is already there is found. */
const FOUND_BY: Readonly<Record<string, 'name' | 'phone'>> = { name: 'name', phone: 'phone', phone2: 'phone' }
export const isAlikeField = (key: string): boolean => key in FOUND_BY

/** Who is already there like what is being typed into a field of a customer, or of one of his contacts, where it stands. */
export const alikeHint =
  (key: string, customerId: CustomerId) =>
  (draft: string): ReactNode => (
    <Suspense>
      <AlikeHint by={FOUND_BY[key] ?? 'name'} value={draft} customerId={customerId} />
    </Suspense>
  )
