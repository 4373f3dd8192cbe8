import { Outlet, useLocation, useMatches } from '@tanstack/react-router'
import { lazy, Suspense } from 'react'
import { mayDo, useMe } from '../kernel/context.tsx'
import { SETTINGS } from './settingsPages.ts'

const NoRightPage = lazy(() => import('./NoRightPage.tsx').then((module) => ({ default: module.NoRightPage })))

/** The page, or which right it takes; of settings that is said beside their menu. */
export function Guarded({ within = false }: { within?: boolean }) {
  const me = useMe()
  const { pathname } = useLocation()
  const needs = useMatches().at(-1)?.staticData.needs
  if (!needs || mayDo(me, needs) || (!within && pathname.startsWith(`${SETTINGS}/`))) return <Outlet />
  return (
    <Suspense>
      <NoRightPage needs={needs} within={within} />
    </Suspense>
  )
}
