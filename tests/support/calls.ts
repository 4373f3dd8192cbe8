import { contract } from '../../src-shared/contract.ts'
import type { ProcedureMeta } from '../../src-shared/kernel/procedure.ts'

type Described = { '~orpc': { meta: ProcedureMeta } }
export type Call = { path: string; feature: string; name: string; meta: ProcedureMeta }

/** Every call of the contract, flat. */
export const calls: readonly Call[] = Object.entries(contract as unknown as Record<string, Record<string, Described>>).flatMap(
  ([feature, procedures]) =>
    Object.entries(procedures).map(([name, procedure]) => ({
      path: `${feature}.${name}`,
      feature,
      name,
      meta: procedure['~orpc'].meta,
    })),
)
export const commands = calls.flatMap((call) => (call.meta.kind === 'command' ? [{ ...call, meta: call.meta }] : []))
