import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, redirect } from '@tanstack/react-router'
import type { ComponentType } from 'react'
import { registerMenu, registerPlaces } from '../kernel/places.ts'
import { translate } from '../kernel/text.ts'
import { CrashPage, NotFoundPage } from './ErrorPages.tsx'
import { navigation } from './navigation.tsx'
import { SignedIn } from './SignedIn.tsx'
import { type PageEntry, pages, START } from './pages.ts'
import { SETTINGS, settingsPages } from './settingsPages.ts'
import { SettingsFrame } from './SettingsFrame.tsx'
import { otherSlices } from './slices.ts'
import { text } from './text.ts'

type AnyPage = ComponentType<Record<string, never>>

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: CrashPage })
const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  component: lazyRouteComponent(() => import('./LoginPage.tsx'), 'LoginPage'),
})
const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/setup',
  component: lazyRouteComponent(() => import('./FirstRunPage.tsx'), 'FirstRunPage'),
})
const frameRoute = createRoute({ getParentRoute: () => rootRoute, id: 'frame', component: SignedIn })

const startRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: START })
  },
})
const lazily = (page: PageEntry) =>
  lazyRouteComponent(async () => {
    const [loaded] = await Promise.all([page.load(), page.path === START ? null : otherSlices()])
    return loaded as Record<string, AnyPage>
  }, page.component)
const pageRoutes = pages.map((page) =>
  createRoute({ getParentRoute: () => frameRoute, path: page.path, component: lazily(page), staticData: { needs: page.needs } }),
)
const settingsRoute = createRoute({ getParentRoute: () => frameRoute, path: SETTINGS, component: SettingsFrame })
const settingsRoutes = settingsPages.map((page) =>
  createRoute({
    getParentRoute: () => settingsRoute,
    path: page.path.slice(SETTINGS.length + 1),
    component: lazily(page),
    staticData: { needs: page.needs },
  }),
)
// The sheet of all components, for whoever builds them; never part of a built program.
const kitRoutes = import.meta.env.DEV
  ? [
      createRoute({
        getParentRoute: () => rootRoute,
        path: '/kit',
        component: lazyRouteComponent(() => import('./kit/KitPage.tsx'), 'KitPage'),
      }),
    ]
  : []

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    needs?: import('../kernel/context.tsx').AnyOf | undefined
  }
}

export function createAppRouter() {
  registerPlaces([...pages, ...settingsPages].map((page) => page.path))
  registerMenu(navigation.map(({ word, needs }) => ({ label: () => translate(text, word), ...(needs && { needs }) })))
  return createRouter({
    routeTree: rootRoute.addChildren([
      loginRoute,
      setupRoute,
      ...kitRoutes,
      frameRoute.addChildren([startRoute, ...pageRoutes, settingsRoute.addChildren(settingsRoutes)]),
    ]),
    defaultPreload: 'intent',
    defaultErrorComponent: CrashPage,
    scrollRestoration: false,
  })
}
