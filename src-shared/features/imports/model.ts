import { z } from 'zod'
import { CUSTOM_TYPES } from '../../kernel/custom/model.ts'
import { Ulid } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { CLUSTER_KINDS } from './clusters.ts'
import { OwnRule } from './ownRules.ts'

/** What can be imported; each describes itself by an importer in its slice. */
export const IMPORTABLE = [
  'customer',
  'contact',
  'followUp',
  'tag',
  'employee',
  'product',
  'lead',
  'opportunity',
  'quote',
  'order',
  'paymentPlan',
  'orderPerson',
  'payment',
  'invoice',
  'stockMove',
  'purchase',
] as const
export const ImportableEntity = z.enum(IMPORTABLE)
export type ImportableEntity = z.infer<typeof ImportableEntity>

export const ImportId = Ulid
/** uploaded → preparing → ready → running → done; paused and interrupted go on by `resume`. */
export const IMPORT_STATES = [
  'uploaded',
  'preparing',
  'ready',
  'running',
  'paused',
  'interrupted',
  'cancelling',
  'cancelled',
  'done',
  'failed',
  'undoing',
  'undone',
] as const
export const ImportStateName = z.enum(IMPORT_STATES)
export type ImportStateName = z.infer<typeof ImportStateName>

export const ON_DUPLICATE = ['skip', 'update', 'fill', 'create'] as const
export const OnDuplicate = z.enum(ON_DUPLICATE)
export type OnDuplicate = z.infer<typeof OnDuplicate>

/** Cleaning rules in the order they are shown; each can be switched off. */
export const CLEANING_RULES = [
  'nothing',
  'blanks',
  'simplified',
  'name',
  'phone',
  'severalPhones',
  'masked',
  'pasted',
  'address',
  'formerPlace',
  'email',
  'code',
  'date',
  'amount',
  'value',
] as const
/** These cannot be switched off: a date and an amount have one form here, and a place that no longer exists cannot be stored beside today's. */
export const FIXED_RULES: readonly string[] = ['date', 'amount', 'formerPlace']
export const CleaningRule = z.enum(CLEANING_RULES)
export type CleaningRule = z.infer<typeof CleaningRule>

/** `at`: to which contact of the row, counted from 0; without it the nth column of a field goes to the nth. */
export const TargetKey = z.strictObject({
  entity: z.string().max(40),
  field: z.string().max(64),
  at: z.number().int().min(0).max(9).optional(),
})
export type TargetKey = z.infer<typeof TargetKey>

/** What was understood of a column; the page's text.ts has the sentences. */
export const ColumnNote = z.strictObject({
  code: z.enum([
    'phones',
    'address',
    'values',
    'people',
    'pools',
    'dates',
    'digitsLost',
    'filled',
    'empty',
    // Of a column that goes nowhere: what it looks like, or why it is none of an import's business.
    'leftNames',
    'leftPhones',
    'leftEmails',
    'leftAmounts',
    'leftAccount',
  ]),
  level: z.enum(['info', 'warning', 'error']),
  counts: z.record(z.string(), z.number().int()),
  /** Values nobody knows yet: choices without an option, names without a colleague. */
  unknown: z.array(z.string()),
  /** Of these, what a word most likely means: records whose names differ by blanks and marks alone. */
  likely: z.record(z.string(), z.strictObject({ value: z.string(), label: z.string() })).optional(),
})
export type ColumnNote = z.infer<typeof ColumnNote>

export const ImportColumn = z.strictObject({
  index: z.number().int(),
  letter: z.string(),
  header: z.string(),
  samples: z.array(z.string()),
  target: TargetKey.nullable(),
  confidence: z.number(),
  because: z.enum(['synonym', 'content', 'memory', 'none', 'chosen']),
  note: ColumnNote.nullable(),
  /** Of a column without a field: what a new one could be. */
  proposal: z
    .strictObject({
      label: z.string(),
      type: z.enum(CUSTOM_TYPES),
      unit: z.string().nullable(),
      choices: z.array(z.string()),
    })
    .optional(),
})
export type ImportColumn = z.infer<typeof ImportColumn>

const Defaults = z.strictObject({
  ownerId: z.string().max(26).nullable().optional(),
  /** Who has no owner of his own goes into this pool; then no other owner is asked for. */
  poolId: z.string().max(26).optional(),
  source: z.string().max(100).optional(),
  level: z.string().max(20).optional(),
  status: z.string().max(20).optional(),
  tags: z.array(z.string().min(1).max(50)).max(20).optional(),
})

/** The switches of a run. `values`: words of the file put to a field's values by the user, as `entity.field` → word → value (null = leave empty). */
export const ImportOptions = z.strictObject({
  onDuplicate: OnDuplicate,
  empty: z.enum(['keep', 'clear']),
  multi: z.enum(['add', 'replace']),
  rulesOff: z.array(CleaningRule),
  identity: z.array(z.enum(['phone', 'core', 'code', 'email'])),
  defaults: Defaults,
  /** Rows that hang on something nobody knows (a contact of an unknown customer): refused, or it is made. */
  missing: z.enum(['fail', 'create']),
  /** Opportunities that the file has as won become an order and a payment of their value, on the day they were won. */
  wonOrders: z.boolean(),
  values: z.record(z.string().max(80), z.record(z.string().max(200), z.string().max(100).nullable())),
  /** Applied in this order after the built-in rules of the text. */
  ownRules: z.array(OwnRule).max(2000),
})
export type ImportOptions = z.infer<typeof ImportOptions>
export const DEFAULT_OPTIONS: ImportOptions = {
  onDuplicate: 'fill',
  empty: 'keep',
  multi: 'add',
  // Names of Hongkong and Taiwan may stand as they are: only who wants it turns them.
  rulesOff: ['simplified'],
  identity: ['phone', 'core', 'code', 'email'],
  defaults: {},
  missing: 'fail',
  wonOrders: false,
  values: {},
  ownRules: [],
}

export const RuleSample = z.strictObject({
  row: z.number().int(),
  column: z.number().int(),
  header: z.string(),
  before: z.string(),
  after: z.string(),
})
export type RuleSample = z.infer<typeof RuleSample>
/** What a rule changed; one that is off says what it would change, where that can be told. */
export const RuleReport = z.strictObject({
  rule: CleaningRule,
  on: z.boolean(),
  count: z.number().int(),
  samples: z.array(RuleSample),
})
export type RuleReport = z.infer<typeof RuleReport>
/** What one of the user's own rules changed. */
export const OwnReport = z.strictObject({ id: z.string(), count: z.number().int(), samples: z.array(RuleSample) })
export type OwnReport = z.infer<typeof OwnReport>

/** The values of a column after cleaning: how many different ones, and in how many rows it is empty. */
export const FacetColumn = z.strictObject({
  column: z.number().int(),
  distinct: z.number().int(),
  empty: z.number().int(),
  /** More different values than are kept: only the first ones met are counted. */
  tooMany: z.boolean(),
  /** Whether values can be put to another here (a phone or a date is no word). */
  words: z.boolean(),
})
export type FacetColumn = z.infer<typeof FacetColumn>
const FacetValue = z.strictObject({ value: z.string(), count: z.number().int() })
export const FacetPage = z.strictObject({ values: z.array(FacetValue), total: z.number().int() })
export type FacetPage = z.infer<typeof FacetPage>
/** Values of a column that are likely one; `rows` of the file would change. */
export const ValueCluster = z.strictObject({
  column: z.number().int(),
  kind: z.enum(CLUSTER_KINDS),
  to: z.string(),
  values: z.array(FacetValue),
  rows: z.number().int(),
})
export type ValueCluster = z.infer<typeof ValueCluster>

/** What the run would do; `create + update + skip + fail` = rows read. */
export const PlanCounts = z.strictObject({
  rows: z.number().int(),
  create: z.number().int(),
  update: z.number().int(),
  skip: z.number().int(),
  fail: z.number().int(),
  duplicates: z.number().int(),
  /** Duplicates that nobody has decided one by one. */
  undecided: z.number().int(),
  /** Of those: where nobody can tell for sure; they are imported as new unless somebody decides. */
  doubtful: z.number().int(),
  warnings: z.number().int(),
})
export type PlanCounts = z.infer<typeof PlanCounts>

/** `created + updated + skipped + failed` = `rowsRead`. */
export const ImportCounts = z.strictObject({
  rowsRead: z.number().int(),
  created: z.number().int(),
  updated: z.number().int(),
  skipped: z.number().int(),
  failed: z.number().int(),
})
export type ImportCounts = z.infer<typeof ImportCounts>

/** Rows of tables; `records` counts records, as the import itself is counted, and names some of those that stayed. */
export const UndoCounts = z.strictObject({
  reversed: z.number().int(),
  kept: z.number().int(),
  failed: z.number().int(),
  records: z
    .strictObject({
      reversed: z.number().int(),
      kept: z.number().int(),
      stayed: z.array(z.strictObject({ id: z.string(), name: z.string(), why: z.string() })),
    })
    .optional(),
})
export type UndoCounts = z.infer<typeof UndoCounts>
export const Progress = z.strictObject({
  what: z.enum(['preparing', 'running', 'undoing']),
  done: z.number().int(),
  total: z.number().int(),
})
export type Progress = z.infer<typeof Progress>

const FileNote = z.strictObject({ code: z.string(), row: z.number().int().optional(), count: z.number().int().optional() })

export const ImportSummary = z.strictObject({
  id: ImportId,
  /** The commands that write it carry this number: what it wrote is found by it. */
  batchId: z.string(),
  entity: ImportableEntity,
  fileName: z.string(),
  fileSize: z.number().int(),
  userId: z.string().nullable(),
  userName: z.string(),
  state: ImportStateName,
  counts: ImportCounts,
  progress: Progress.nullable(),
  /** Why preparing or running stopped: a refusal's word. */
  error: z.string().nullable(),
  undo: UndoCounts.nullable(),
  createdAt: Instant,
  startedAt: Instant.nullable(),
  finishedAt: Instant.nullable(),
  undoneAt: Instant.nullable(),
  undoUntil: Instant.nullable(),
  mine: z.boolean(),
})
export type ImportSummary = z.infer<typeof ImportSummary>

/** Everything the wizard shows of one import but its rows. */
export const ImportDetail = ImportSummary.extend({
  format: z.string(),
  encoding: z.string().nullable(),
  sheets: z.array(z.strictObject({ name: z.string(), hidden: z.boolean() })),
  sheet: z.number().int(),
  /** Row of the column names as Excel counts; 0 when the sheet begins with data. */
  headerRow: z.number().int(),
  /** The row above it that groups the columns, where there is one. */
  groupsRow: z.number().int().nullable(),
  dataRows: z.number().int(),
  notes: z.array(FileNote),
  remembered: z.boolean(),
  /** Another kind that the headers speak for, of those its user may import; null where nothing does. */
  looksLike: ImportableEntity.nullable(),
  /** One of these, as `entity.field`, must have a column; `unidentified` is the refusal that says so. */
  identified: z.array(z.string()),
  unidentified: z.string(),
  columns: z.array(ImportColumn),
  /** The first rows as they will look, one text per column of the file. */
  preview: z.array(z.strictObject({ row: z.number().int(), cells: z.array(z.string()) })),
  /** Fields a column can go to, in order. */
  targets: z.array(
    z.strictObject({
      entity: z.string(),
      feature: z.string(),
      field: z.string(),
      type: z.string(),
      required: z.boolean(),
      repeatable: z.boolean(),
      /** Of a field that the company added: what it is called, and its options. */
      label: z.string().optional(),
      choices: z.array(z.strictObject({ value: z.string(), label: z.string() })).optional(),
    }),
  ),
  options: ImportOptions,
  /** Whether the caller may have made what rows hang on and nobody knows. */
  makesMissing: z.boolean(),
  /** Whether the caller may have orders and payments made of what the file has as won. */
  makesOfWon: z.boolean(),
  rules: z.array(RuleReport).nullable(),
  /** What the user's own rules did; null before anything was cleaned. */
  own: z.array(OwnReport).nullable(),
  plan: PlanCounts.nullable(),
  /** Rows skipped while writing, by the word of the reason. */
  skips: z.record(z.string(), z.number().int()),
})
export type ImportDetail = z.infer<typeof ImportDetail>

/** What became of the rows that an import did not take; `last`: the import they were last laid ready in, null where in none. */
export const Leftovers = z.strictObject({
  failed: z.number().int(),
  left: z.number().int(),
  last: z.strictObject({ id: ImportId, state: ImportStateName }).nullable(),
})
export type Leftovers = z.infer<typeof Leftovers>

export const CHECK_FILTERS = ['all', 'create', 'update', 'skip', 'fail', 'duplicate', 'warning'] as const
export const CheckFilter = z.enum(CHECK_FILTERS)
export type CheckFilter = z.infer<typeof CheckFilter>

export const Problem = z.strictObject({
  column: z.number().int().nullable(),
  level: z.enum(['error', 'warning']),
  code: z.string(),
  detail: z.string().optional(),
})
export type Problem = z.infer<typeof Problem>

/** Whom a row looks like: a record of the base (`recordId`, null when out of the caller's reach) or an earlier row of the file. */
export const RowMatch = z.strictObject({
  recordId: z.string().nullable(),
  row: z.number().int().nullable(),
  name: z.string(),
  ownerName: z.string().nullable(),
  score: z.number(),
  /** Taken for the same without asking; a doubtful one is imported as new unless somebody decides otherwise. */
  sure: z.boolean(),
  because: z.array(z.string()),
  deleted: z.boolean(),
  visible: z.boolean(),
})
export type RowMatch = z.infer<typeof RowMatch>

export const CheckRow = z.strictObject({
  row: z.number().int(),
  kind: z.enum(['data', 'title', 'total']),
  plan: z.enum(['create', 'update', 'skip', 'fail']),
  decision: OnDuplicate.nullable(),
  /** After cleaning, one text per column of the file. */
  cells: z.array(z.string()),
  /** Of cells of choices: what the file's word was put to, by the column. */
  options: z.record(z.string(), z.string()).optional(),
  problems: z.array(Problem),
  match: RowMatch.nullable(),
  outcome: z.enum(['created', 'updated', 'skipped', 'failed']).nullable(),
  reason: z.string().nullable(),
  recordId: z.string().nullable(),
})
export type CheckRow = z.infer<typeof CheckRow>
