import { z } from 'zod'
import { FIELD_TYPES } from '../../kernel/entity.ts'
import { command, query } from '../../kernel/procedure.ts'
import {
  CheckFilter,
  CheckRow,
  CleaningRule,
  FacetColumn,
  FacetPage,
  ImportableEntity,
  ImportDetail,
  Leftovers,
  ImportId,
  ImportOptions,
  ImportSummary,
  OnDuplicate,
  PlanCounts,
  TargetKey,
  ValueCluster,
} from './model.ts'

/** Why a file is not taken; the first ten are the reader's own words. */
export const UPLOAD_REFUSALS = [
  'notFound',
  'empty',
  'encrypted',
  'truncated',
  'damaged',
  'notAWorkbook',
  'unsupported',
  'tooLarge',
  'bomb',
  'doctype',
  'noRows',
] as const
export const WIZARD_REFUSALS = [
  ...UPLOAD_REFUSALS,
  'alreadyRun',
  'busy',
  'fileGone',
  'noSuchSheet',
  'noSuchRow',
  'fieldTwice',
  'fieldUnknown',
  'fieldsNotWritable',
  'poolUnknown',
] as const
export const PREPARE_REFUSALS = [
  ...WIZARD_REFUSALS,
  'nothingMapped',
  'oneColumn',
  'titleNotMapped',
  'contactNotMapped',
  'followUpNotMapped',
  'tagNotMapped',
  'employeeNotMapped',
] as const
export const RUN_REFUSALS = [
  'notPrepared',
  'alreadyRun',
  'busy',
  'notRunning',
  'notPaused',
  'nothingToImport',
  'ownerUnknown',
  'ownerLeft',
  'poolUnknown',
  'fieldsNotWritable',
  'fileGone',
] as const
export const UNDO_REFUSALS = ['notRun', 'alreadyUndone', 'tooLate', 'busy', 'notYours', 'beyondYours'] as const

const One = z.strictObject({ id: ImportId })
const SHOWS = ['import'] as const
const TECHNICAL = 'what the wizard keeps about a file is no business record; an import that ran is undone as a whole'
const options = { irreversible: TECHNICAL }

export const importsContract = {
  /** What the caller may import. */
  kinds: query('imports.run', SHOWS).input(z.strictObject({})).output(z.array(ImportableEntity)),
  /** A small workbook to be filled in: the fields of a kind that the caller may write, and one row as a sample. */
  template: query('imports.run', SHOWS)
    .input(z.strictObject({ entity: ImportableEntity, language: z.enum(['zh-CN', 'en-US']).default('zh-CN') }))
    .output(z.file()),
  /** Lays a file ready: stored beside the data, its sheet and header row found, its columns mapped; no record is touched. */
  upload: command('imports.run', UPLOAD_REFUSALS, options)
    .input(z.strictObject({ entity: ImportableEntity, file: z.file() }))
    .output(ImportDetail),
  get: query('imports.run', SHOWS).input(One).output(ImportDetail),
  /** Rows of the sheet as they stand in the file, titles included. */
  rows: query('imports.run', SHOWS)
    .input(z.strictObject({ id: ImportId, offset: z.number().int().min(0), limit: z.number().int().min(1).max(200) }))
    .output(
      z.strictObject({
        rows: z.array(
          z.strictObject({
            row: z.number().int(),
            /** Titles stand above the names of the columns, sums among the records: neither is imported. */
            kind: z.enum(['title', 'header', 'data', 'total']),
            cells: z.array(z.string()),
          }),
        ),
        total: z.number().int(),
      }),
    ),
  /** Another sheet, or another row of column names (0: the sheet begins with data). */
  setLayout: command('imports.run', WIZARD_REFUSALS, options)
    .input(
      z.strictObject({ id: ImportId, sheet: z.number().int().min(0).optional(), headerRow: z.number().int().min(0).optional() }),
    )
    .output(ImportDetail),
  /** The file holds records of another kind: it is read and mapped anew, what was chosen for the old kind goes. */
  setKind: command('imports.run', WIZARD_REFUSALS, options)
    .input(z.strictObject({ id: ImportId, entity: ImportableEntity }))
    .output(ImportDetail),
  setMapping: command('imports.run', WIZARD_REFUSALS, options)
    .input(
      z.strictObject({
        id: ImportId,
        columns: z.array(z.strictObject({ index: z.number().int().min(0), target: TargetKey.nullable() })).max(2000),
      }),
    )
    .output(ImportDetail),
  setOptions: command('imports.run', WIZARD_REFUSALS, options)
    .input(z.strictObject({ id: ImportId, options: ImportOptions.partial() }))
    .output(ImportDetail),
  /** Reads, cleans and matches every row in the background; follow it by `get`. */
  prepare: command('imports.run', PREPARE_REFUSALS, options).input(One).output(ImportSummary),
  check: query('imports.run', SHOWS)
    .input(
      z.strictObject({
        id: ImportId,
        filter: CheckFilter,
        /** Only rows whose cell of this column holds this value after cleaning. */
        value: z.strictObject({ column: z.number().int().min(0), text: z.string().max(2000) }).optional(),
        offset: z.number().int().min(0),
        limit: z.number().int().min(1).max(200),
      }),
    )
    .output(z.strictObject({ rows: z.array(CheckRow), total: z.number().int(), plan: PlanCounts })),
  /** The mapped columns with the number of their different values, over all rows after cleaning. */
  facets: query('imports.run', SHOWS)
    .input(One)
    .output(z.strictObject({ columns: z.array(FacetColumn) })),
  facet: query('imports.run', SHOWS)
    .input(
      z.strictObject({
        id: ImportId,
        column: z.number().int().min(0),
        search: z.string().max(200).default(''),
        sort: z.enum(['count', 'value']).default('count'),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    )
    .output(FacetPage),
  /** Values that are likely the same, over all columns of words, those that change most rows first. */
  clusters: query('imports.run', SHOWS)
    .input(One)
    .output(z.strictObject({ clusters: z.array(ValueCluster), total: z.number().int() })),
  /** One duplicate beside what it looks like, field by field; `at` counts from 0. */
  duplicate: query('imports.run', SHOWS)
    .input(z.strictObject({ id: ImportId, at: z.number().int().min(0) }))
    .output(
      z.strictObject({
        total: z.number().int(),
        row: CheckRow.nullable(),
        fields: z.array(
          z.strictObject({
            entity: z.string(),
            feature: z.string(),
            field: z.string(),
            /** Which of the contacts of a row, counted from 0. */
            at: z.number().int(),
            file: z.string(),
            there: z.string(),
            /** How the cell says it, where `file` is not that. */
            said: z.string().optional(),
            /** Of the field: amounts, numbers, choices and yes or no are given as they are stored. */
            type: z.enum(FIELD_TYPES).optional(),
          }),
        ),
      }),
    ),
  /** What is to be done with a duplicate: of one row, or of all that nobody decided one by one. `null` takes a decision back. */
  decide: command('imports.run', ['alreadyRun', 'notPrepared', 'busy', 'noSuchRow', 'fileGone'], options)
    .input(
      z.strictObject({
        id: ImportId,
        /** `atLeast`: all undecided ones that are at least so alike (0..1). */
        rows: z.union([
          z.literal('undecided'),
          z.strictObject({ atLeast: z.number().min(0).max(1) }),
          z.array(z.number().int()).min(1).max(500),
        ]),
        decision: OnDuplicate.nullable(),
      }),
    )
    .output(PlanCounts),
  /** A cell typed anew: the row is cleaned and matched again. */
  editCell: command('imports.run', ['alreadyRun', 'notPrepared', 'busy', 'noSuchRow', 'fileGone'], options)
    .input(z.strictObject({ id: ImportId, row: z.number().int(), column: z.number().int().min(0), text: z.string().max(20_000) }))
    .output(z.strictObject({ row: CheckRow, plan: PlanCounts })),
  setRules: command('imports.run', WIZARD_REFUSALS, options)
    .input(z.strictObject({ id: ImportId, off: z.array(CleaningRule) }))
    .output(ImportDetail),
  /** Writes in chunks in the background; rows are visible as they land and one undo takes all back. */
  run: command('imports.run', RUN_REFUSALS).input(One).output(ImportSummary),
  pause: command('imports.run', RUN_REFUSALS, options).input(One).output(ImportSummary),
  resume: command('imports.run', RUN_REFUSALS, options).input(One).output(ImportSummary),
  /** Stops and takes back what has been written. */
  cancel: command('imports.run', RUN_REFUSALS, options).input(One).output(ImportSummary),
  /** Rows that were not imported, in their original columns with the reason behind; can be mended and imported again. */
  failedRows: query('imports.run', SHOWS)
    .input(One.extend({ language: z.enum(['zh-CN', 'en-US']).default('zh-CN') }))
    .output(z.file()),
  /** Throws an import away that has written nothing: its file and its rows go. */
  discard: command('imports.run', ['alreadyRun', 'busy'], options).input(One).output(One),
  /** How many of the rows that were not imported still are not, after they were mended and taken in again, and where they are now. */
  leftovers: query('imports.run', SHOWS).input(One).output(Leftovers),
  /** Lays the rows that were not imported ready as an import of their own, with the same columns and options, to be mended in the grid. */
  again: command('imports.run', [...UPLOAD_REFUSALS, 'nothingFailed', 'fileGone', 'busy'], options)
    .input(One.extend({ language: z.enum(['zh-CN', 'en-US']).default('zh-CN') }))
    .output(ImportDetail),
  list: query('imports.run', SHOWS)
    .input(
      z.strictObject({
        all: z.boolean().default(false),
        offset: z.number().int().min(0).default(0),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.strictObject({ imports: z.array(ImportSummary), hasMore: z.boolean() })),
  /** Takes a whole import back, updates included; rows changed since are kept. Follow it by `get`. */
  undo: command('imports.run', UNDO_REFUSALS, options).input(One).output(ImportSummary),
}
