import { todayOf } from '../../kernel/clock.ts'
import type { CommandContext } from '../../kernel/context.ts'
import type { MayTouch } from '../../kernel/undo.ts'
import { boundsOfReversal } from '../pools/public.ts'
import { aimReach } from '../targets/public.ts'
import { undoRights } from './rights.ts'
import { accessOf, chancesOf, createdBy, ownersOfCustomers } from './store.ts'

/** The command at the bottom of a chain of undo and redo: its right is the right of every turn. */
type Root = { readonly seq: number; readonly procedure: string; readonly actorId: string | null }

/**
 * What the caller may take back of a command, as it and its root wrote it, and as pools and holding limits let him.
 * @throws Forbidden when the right of the root's procedure itself is missing.
 */
export async function rightsToReverse(context: CommandContext, seq: number, root: Root): Promise<MayTouch> {
  const { tx, actor } = context
  const owners = await ownersOfCustomers(tx, seq)
  const access = await accessOf(tx, actor.employeeId, [...owners.keys()])
  const chances = await chancesOf(tx, actor.employeeId, seq)
  const isHis = root.actorId === actor.userId
  const own = isHis ? await createdBy(tx, root.seq) : new Set<string>()
  const rights = undoRights(context, root.procedure, {
    ownersOf: (id) => owners.get(id) ?? [],
    accessOf: (id) => access.get(id) ?? null,
    chance: (id) => chances.get(id),
    isOwnCreation: (tbl, id) => own.has(`${tbl} ${id}`),
    ...(root.procedure === 'targets.set' && { reachesAim: await aimReach({ ...context, today: todayOf(context) }) }),
    isHis,
  })
  const bound = await boundsOfReversal(context, seq, { isClaim: root.procedure === 'pools.claim' })
  return (change, current) => {
    const may = rights(change, current)
    return may === true ? (bound(change, current) ?? true) : may
  }
}
