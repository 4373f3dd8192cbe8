import type { JobKind } from '../../kernel/jobKinds.ts'
import { KINDS, type Source } from '../../kernel/searchSources.ts'
import { countOfKind, idsOfKind } from './store.ts'

export const RENEW = 'search.renew'
/** Few enough that nobody waits behind one step: documents and keys are written at once, the full-text index when there is time. */
const AT_ONCE = 100

type Cursor = { kind: Source; after: string; done: number }
type Renewed = { kinds: Source[]; records: number }

/** Writes documents and stored keys anew where older rules made them; goes on where it was when the program ends meanwhile. */
export const renewSearch: JobKind<unknown, Renewed> = {
  resumable: true,
  cancellable: false,
  run: async (context) => {
    const { searchIndex } = context.services
    const outdated = searchIndex.outdated()
    const renewed: Renewed = { kinds: outdated, records: 0 }
    let cursor = context.cursor as Cursor | null
    if (cursor && !outdated.includes(cursor.kind)) cursor = null
    let done = cursor?.done ?? 0
    let total = done
    for (const kind of outdated) total += await countOfKind(context.db, kind, cursor?.kind === kind ? cursor.after : '')
    context.progress(done, total)
    for (const kind of startingWith(outdated, cursor?.kind)) {
      let after = cursor?.kind === kind ? cursor.after : ''
      for (let ids = await idsOfKind(context.db, kind, after, AT_ONCE); ids.length > 0; ) {
        await searchIndex.renew(kind, ids)
        done += ids.length
        renewed.records += ids.length
        after = ids.at(-1) ?? after
        context.progress(done, total)
        await context.save({ kind, after, done } satisfies Cursor)
        await searchIndex.breathe()
        ids = await idsOfKind(context.db, kind, after, AT_ONCE)
      }
      await searchIndex.renewed(kind)
    }
    return renewed
  },
}

/** Where it was goes first; a kind that was done is not among them any more. */
const startingWith = (kinds: readonly Source[], first: Source | undefined): Source[] =>
  KINDS.filter((kind) => kinds.includes(kind)).toSorted((a, b) => Number(b === first) - Number(a === first))
