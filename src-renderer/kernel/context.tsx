import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { Me } from '../../src-shared/features/session/contract.ts'
import type { FieldRight, Permission } from '../../src-shared/kernel/permissions.ts'
import type { Api, ApiClient } from './api.ts'
import { useMinute } from './clock.ts'
import type { Clock } from './format.ts'

type Connection = { readonly api: Api; readonly client: ApiClient }
const ConnectionContext = createContext<Connection | null>(null)

export function ApiProvider({ connection, children }: { connection: Connection; children: ReactNode }) {
  return <ConnectionContext value={connection}>{children}</ConnectionContext>
}

function useConnection(): Connection {
  const connection = useContext(ConnectionContext)
  if (!connection) throw new Error('no connection: the page is not inside ApiProvider')
  return connection
}
/** Query and mutation options of every call. */
export const useApi = (): Api => useConnection().api
/** The bare calls, for event handlers that need an answer once (undo). */
export const useClient = (): ApiClient => useConnection().client

const MeContext = createContext<Me | null>(null)
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>
}

/** Who is signed in. Pages inside the frame always have somebody. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (!me) throw new Error('nobody is signed in here')
  return me
}
export const useMaybeMe = (): Me | null => useContext(MeContext)

/** Pages show and hide by it; the backend decides. */
export const useCan = (permission: Permission): boolean => useMe().permissions[permission] !== undefined
/** A permission, or one of several. */
export type AnyOf = Permission | readonly Permission[]
export const mayDo = (me: Me, needs: AnyOf): boolean =>
  (typeof needs === 'string' ? [needs] : needs).some((permission) => me.permissions[permission] !== undefined)

export const fieldRightOf = (me: Me, entity: string, field: string): FieldRight => me.fieldRights[`${entity}.${field}`] ?? 'write'

/** The running minute in the zone of the workspace, for everything that says when. */
export function useClock(): Clock {
  const minute = useMinute()
  const zone = useContext(MeContext)?.timeZone ?? 'Asia/Shanghai'
  return { nowMs: minute, zone }
}

/** What a visitor may know; also tells whether the first run is still to be done. */
export function useWelcome() {
  return useQuery(useApi().session.welcome.queryOptions({ input: {}, staleTime: 60_000, meta: { shown: true } }))
}
