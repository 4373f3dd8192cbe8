import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { line } from '../../kernel/line.ts'
import { Filter, MAX_SORTS, Sort, SUMS } from '../../kernel/list.ts'

export const ViewId = idOf<'view'>()
export type ViewId = z.infer<typeof ViewId>
/** Lists that have views; that of the pools shows customers, whichever pool is open. */
export const VIEWED = [
  'customer',
  'contact',
  'pool',
  'product',
  'opportunity',
  'lead',
  'quote',
  'order',
  'payment',
  'invoice',
  'stock',
  'purchase',
] as const
export type Viewed = (typeof VIEWED)[number]
/** A table, or what a list can also be shown as; which of them, its page says. */
export const VIEW_KINDS = ['table', 'board', 'calendar', 'forecast'] as const
export type ViewKind = (typeof VIEW_KINDS)[number]
/** What a column of a board sums its cards up to. */
export const BOARD_FIGURES = ['sum', 'weighted', 'average', 'count'] as const
export type BoardFigure = (typeof BOARD_FIGURES)[number]
export const ViewName = line(60)

const Key = z.string().max(64)
/** How a view arranges its board: of which pipeline, what its columns sum up, which are folded (`true`) or laid open, how high its cards are. */
export const BoardLayout = z.strictObject({
  pipeline: Key.nullable(),
  figure: z.enum(BOARD_FIGURES),
  compact: z.boolean(),
  hideEmpty: z.boolean(),
  folded: z.record(Key, z.boolean()),
})
export type BoardLayout = z.infer<typeof BoardLayout>
/** What a view keeps of a list; null = as the list is by itself. */
export const ViewDefinition = z.strictObject({
  filter: Filter.nullable(),
  sorts: z.array(Sort).max(MAX_SORTS),
  layout: z
    .strictObject({
      order: z.array(Key).max(300),
      hidden: z.array(Key).max(300),
      widths: z.record(Key, z.number().min(0).max(5000)),
    })
    .nullable(),
  density: z.enum(['compact', 'normal']).nullable(),
  sums: z.array(z.strictObject({ field: Key, sum: z.enum(SUMS) })).max(12),
  board: BoardLayout.optional(),
})
export type ViewDefinition = z.infer<typeof ViewDefinition>

/** Who sees a view beside its owner: everybody, or departments with what is below them, roles and people (employees). Nobody = private. */
export const Audience = z.strictObject({
  everyone: z.boolean(),
  departments: z.array(z.string().max(26)).max(200),
  roles: z.array(z.string().max(26)).max(200),
  people: z.array(z.string().max(26)).max(500),
})
export type Audience = z.infer<typeof Audience>

export const View = z.strictObject({
  id: ViewId,
  entity: z.enum(VIEWED),
  kind: z.enum(VIEW_KINDS),
  name: z.string(),
  definition: ViewDefinition,
  audience: Audience,
  ownerName: z.string().nullable(),
  isMine: z.boolean(),
  /** Its owner can no longer sign in: it belongs to whoever manages views until somebody takes it over. */
  isOrphan: z.boolean(),
  /** Meant for the caller; false = only seen because he manages views. */
  isForMe: z.boolean(),
  mayEdit: z.boolean(),
  version: z.number().int(),
})
export type View = z.infer<typeof View>

/** What somebody made of the tabs: their order (keys of the program's own views and ids), those kept out of the line, the one to begin with. */
export const Arrangement = z.strictObject({
  order: z.array(Key).max(500),
  unpinned: z.array(Key).max(500),
  standard: Key.nullable(),
})
export type Arrangement = z.infer<typeof Arrangement>
