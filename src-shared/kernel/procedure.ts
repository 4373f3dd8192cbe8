import { oc } from '@orpc/contract'
import { z } from 'zod'
import { Conflict } from './conflict.ts'
import type { Permission } from './permissions.ts'

/** What can change and be shown; the words used by the journal, by history and by live updates. */
export const ENTITIES = [
  'workspace',
  'customer',
  'contact',
  'address',
  'followUp',
  'file',
  'product',
  'productCategory',
  'priceList',
  'opportunity',
  'order',
  'orderLine',
  'payment',
  'allocation',
  'invoice',
  'invoiceLine',
  'billingProfile',
  'pipeline',
  'stage',
  'lostReason',
  'evaluationDimension',
  'target',
  'sourceCost',
  'quote',
  'quoteLine',
  'approval',
  'approvalFlow',
  'documentTemplate',
  'warehouse',
  'stock',
  'stockMove',
  'purchase',
  'purchaseLine',
  'paymentPlan',
  'orderPerson',
  'lead',
  'leadSource',
  'leadReason',
  'leadPool',
  'leadRule',
  'tag',
  'customField',
  'view',
  'layout',
  'numberRule',
  'employee',
  'department',
  'role',
  'user',
  'calendar',
  'pool',
  'poolRule',
  'holdingLimit',
  'job',
  'import',
  'backup',
  'command',
  'session',
  'notification',
  'favourite',
  'presence',
] as const
export type Entity = (typeof ENTITIES)[number]
export const EntityName = z.enum(ENTITIES)

/** `anyone` = before signing in; `signed-in` = any user. */
export type Needs = Permission | 'signed-in' | 'anyone'
/** `givenPassword`: open to whoever still has to choose a password of his own. `whileLooking`: a command open to whoever looks as somebody else. */
type Common = { needs: Needs; givenPassword?: true }
export type ProcedureMeta =
  | ({ kind: 'query'; shows: readonly Entity[] } & Common)
  | ({ kind: 'command'; refusals: readonly string[]; irreversible?: string; whileLooking?: true } & Common)

const base = oc.$meta<ProcedureMeta>({ kind: 'query', needs: 'signed-in', shows: [] }).errors({
  BAD_REQUEST: {
    data: z.object({
      issues: z.array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() })).optional(),
      reason: z.string().optional(),
    }),
  },
  UNAUTHORIZED: { data: z.object({ reason: z.string() }) },
  FORBIDDEN: { data: z.object({ needs: z.string(), reason: z.string().optional(), fields: z.array(z.string()).optional() }) },
  NOT_FOUND: { data: z.object({ entity: z.string(), id: z.string() }) },
  STALE: { status: 409, data: z.object({ entity: z.string(), id: z.string(), conflict: Conflict.optional() }) },
  INTERNAL_SERVER_ERROR: { data: z.object({ incident: z.string(), cause: z.string().optional() }) },
})

/** Reads. Gets a read-only database, leaves no journal row; is refetched when something it shows changes. */
export const query = (needs: Needs, shows: readonly Entity[], options: { givenPassword?: true } = {}) =>
  base.meta({ kind: 'query', needs, shows, ...options })

/**
 * Writes. Runs in one transaction, is journaled, tells every client what changed, and can be undone from the journal
 * unless `irreversible` says why not.
 */
export const command = <const Reason extends readonly [string, ...string[]]>(
  needs: Needs,
  refusals: Reason,
  options: { irreversible?: string; givenPassword?: true; whileLooking?: true } = {},
) =>
  base.meta({ kind: 'command', needs, refusals, ...options }).errors({
    REFUSED: {
      status: 422,
      data: z.object({ reason: z.enum(refusals), detail: z.record(z.string(), z.unknown()).optional() }),
    },
  })

/** For commands whose rules never refuse beyond the closed set of errors. */
export const NO_REFUSALS = ['none'] as const
