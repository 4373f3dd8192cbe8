import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Navigate, useNavigate } from '@tanstack/react-router'
import { Suspense, useEffect, useRef } from 'react'
import { ConflictHost } from '../components/ConflictHost.tsx'
import { LoadFailed, SkeletonRows } from '../components/states.tsx'
import { FavouritesProvider } from '../features/favourites/public.ts'
import { CustomFields } from '../features/fields/public.ts'
import { TagTones } from '../features/tags/public.ts'
import { MeProvider, useApi, useClient, useMe, useWelcome } from '../kernel/context.tsx'
import { keepDraftsOf } from '../kernel/drafts.ts'
import { failureOf } from '../kernel/errors.ts'
import { later } from '../kernel/later.ts'
import { isLeaving, useLeaving } from '../kernel/leaving.ts'
import { followChanges } from '../kernel/live.ts'
import { forgetPerson } from '../kernel/person.ts'
import { useText } from '../kernel/text.ts'
import { toast } from '../kernel/toast.tsx'
import { Frame } from './Frame.tsx'
import { Guarded } from './Guarded.tsx'
import { otherSlices } from './slices.ts'
import { text } from './text.ts'

/** Inside: somebody is signed in, the frame stands around the page, and changes of others arrive. */
export function SignedIn() {
  const api = useApi()
  const welcome = useWelcome()
  const isIn = welcome.data?.signedIn === true
  const me = useQuery(api.session.me.queryOptions({ input: {}, enabled: isIn, staleTime: 300_000, meta: { shown: true } }))
  if (welcome.data?.needsSetup) return <Navigate to="/setup" search={(old: Record<string, unknown>) => old} />
  if ((welcome.data && !isIn) || failureOf(me.error)?.code === 'UNAUTHORIZED')
    return <Navigate to="/login" search={{ from: location.pathname + location.search }} />
  if (me.data?.mustChangePassword) return <OwnPasswordFirst />
  if (me.data) {
    return (
      <MeProvider me={me.data}>
        <Live />
        <ConflictHost />
        <TagTones>
          <CustomFields>
            <FavouritesProvider>
              <Frame>
                <Guarded />
              </Frame>
            </FavouritesProvider>
          </CustomFields>
        </TagTones>
      </MeProvider>
    )
  }
  const failed = welcome.error ?? me.error
  if (failed)
    return <LoadFailed error={failed} feature="session" onRetry={() => void (welcome.error ? welcome.refetch() : me.refetch())} />
  return <SkeletonRows rows={20} />
}

/** A given password opens nothing else, so no page is behind the question. */
function OwnPasswordFirst() {
  const api = useApi()
  const cache = useQueryClient()
  const again = () => void cache.invalidateQueries({ queryKey: api.session.me.key() })
  return (
    <Suspense>
      <ChangePassword open forced onClose={again} />
    </Suspense>
  )
}

const ChangePassword = later(() => import('./ChangePassword.tsx').then((module) => module.ChangePassword))
function Live() {
  const api = useApi()
  const client = useClient()
  const cache = useQueryClient()
  const navigate = useNavigate()
  const t = useText(text)
  const ended = t('sessionEnded')
  const { userId, seq } = useMe()
  // The stream counts on by itself; a later answer about the user does not begin it anew.
  const since = useRef(seq)
  const over = useRef(false)
  // A session that ended by itself leaves its drafts: for the one who wrote them, nobody else.
  useEffect(() => keepDraftsOf(userId), [userId])
  // Whoever needs these words and cannot get them asks again, and is told.
  useEffect(() => void otherSlices().catch(() => undefined), [])
  const leaving = useLeaving()
  useEffect(() => {
    if (leaving) return
    const stop = new AbortController()
    void followChanges({
      api,
      client,
      cache,
      signal: stop.signal,
      since: since.current,
      onSession: (what) => {
        if (what === 'changed') return void cache.invalidateQueries()
        // Who signs out here is forgotten there, and is told so: that word must stay.
        if (isLeaving()) return
        forgetPerson()
        toast(ended, { tone: 'info' })
        // First away from the pages: what is still shown would ask again, and be refused.
        over.current = true
        void navigate({ to: '/login', search: { from: location.pathname + location.search, why: 'ended' } as never })
      },
    })
    return () => {
      stop.abort()
      // The pages go in the same moment.
      if (over.current) queueMicrotask(() => cache.clear())
    }
  }, [api, client, cache, navigate, ended, leaving])
  return null
}
