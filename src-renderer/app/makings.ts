import { useNavigate } from '@tanstack/react-router'
import type { Permission } from '../../src-shared/kernel/permissions.ts'
import { type Action, runWhenOffered } from '../kernel/actions.ts'
import { mayDo, useMe } from '../kernel/context.tsx'
import { useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

type MakingWord = Extract<keyof (typeof text)['zh-CN'], `make${string}`>

/** What a list offers to make new, by the id it offers it under: from anywhere, the list is opened and its own form with it. */
const MAKINGS: readonly { id: string; to: string; word: MakingWord; needs: Permission; pinyin: string }[] = [
  { id: 'customers.create', to: '/customers', word: 'makeCustomer', needs: 'customers.create', pinyin: 'xin jian ke hu' },
  { id: 'leads.create', to: '/leads', word: 'makeLead', needs: 'leads.create', pinyin: 'xin jian xian suo' },
  {
    id: 'opportunities.create',
    to: '/opportunities',
    word: 'makeOpportunity',
    needs: 'opportunities.create',
    pinyin: 'xin jian shang ji',
  },
  { id: 'quotes.create', to: '/quotes', word: 'makeQuote', needs: 'quotes.create', pinyin: 'xin jian bao jia' },
  { id: 'orders.create', to: '/orders', word: 'makeOrder', needs: 'orders.create', pinyin: 'xin jian ding dan' },
  { id: 'payments.add', to: '/payments', word: 'makePayment', needs: 'payments.write', pinyin: 'deng ji hui kuan' },
  { id: 'invoices.request', to: '/invoices', word: 'makeInvoice', needs: 'invoices.create', pinyin: 'shen qing kai piao' },
  { id: 'products.create', to: '/products', word: 'makeProduct', needs: 'products.write', pinyin: 'xin jian chan pin' },
  { id: 'purchases.create', to: '/purchases', word: 'makePurchase', needs: 'purchases.write', pinyin: 'xin jian cai gou' },
]

/** Whatever may be made new, wherever one is; what the open page offers itself is not offered twice. */
export function useMakings(offered: readonly Action[]): Action[] {
  const t = useText(text)
  const me = useMe()
  const navigate = useNavigate()
  const isPhone = useIsPhone()
  const there = new Set(offered.map(({ id }) => id))
  const made = MAKINGS.filter(({ id, needs }) => mayDo(me, needs) && !there.has(id)).map(
    ({ id, to, word, pinyin }): Action => ({
      id,
      label: t(word),
      pinyin,
      run: () => {
        runWhenOffered(id)
        void navigate({ to })
      },
    }),
  )
  if (isPhone || !mayDo(me, 'imports.run')) return made
  const search = { kind: 'customer' } as never
  return [
    ...made,
    { id: 'imports', label: t('makeImport'), pinyin: 'dao ru ke hu', run: () => void navigate({ to: '/imports', search }) },
  ]
}
