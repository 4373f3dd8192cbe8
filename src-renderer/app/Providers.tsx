import { QueryClientProvider } from '@tanstack/react-query'
import { type AnyRouter, RouterProvider } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import type { connect } from '../kernel/api.ts'
import { ApiProvider } from '../kernel/context.tsx'
import { createQueryClient } from '../kernel/errors.ts'
import { keyboard, noteWriting } from '../kernel/keyboard.ts'
import { nowMs } from '../kernel/clock.ts'
import { Toasts } from '../kernel/toast.tsx'
import { Appearance } from './appearance.tsx'
import { registerSlices } from './slices.ts'

registerSlices()
// Nothing is asked before the first page stands.
const ConfirmHost = lazy(() => import('../components/ConfirmHost.tsx').then((module) => ({ default: module.ConfirmHost })))
window.addEventListener('keydown', (event) => keyboard.press(event, nowMs()))
window.addEventListener('input', noteWriting, true)

/** Everything around the pages: calls and their cache, look, toasts, questions. */
export function Providers({ connection, router }: { connection: ReturnType<typeof connect>; router: AnyRouter }) {
  const [queryClient] = useState(() =>
    createQueryClient(() => {
      if (!/^\/(login|setup)/.test(router.state.location.pathname))
        void router.navigate({ to: '/login', search: { from: router.state.location.href, why: 'ended' } })
    }),
  )
  return (
    <QueryClientProvider client={queryClient}>
      <ApiProvider connection={connection}>
        <Appearance>
          <RouterProvider router={router} />
          <Toasts />
          <Suspense>
            <ConfirmHost />
          </Suspense>
        </Appearance>
      </ApiProvider>
    </QueryClientProvider>
  )
}
