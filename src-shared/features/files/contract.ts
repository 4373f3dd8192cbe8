import { z } from 'zod'
import { line } from '../../kernel/line.ts'
import { command, query } from '../../kernel/procedure.ts'
import { CustomerId } from '../customers/model.ts'
import { FILE_HOSTS } from './entity.ts'
import { FileId, StoredFile, Uploads } from './model.ts'

/** Of the bytes' own road, said in the same way as those of commands. */
export const UPLOAD_REFUSALS = ['empty', 'tooLarge', 'quotaFull', 'diskFull', 'cutOff'] as const
export const FILE_REFUSALS = ['deleted', 'uploadGone', 'quotaFull', 'notYours', 'inPool'] as const
export const FILE_RESTORE_REFUSALS = ['deleted', 'notDeleted', 'notYours', 'inPool'] as const
export const FILE_SETTING_REFUSALS = ['quotaBelowFile'] as const
export const FILE_PURGE_REFUSALS = ['notDeleted'] as const

const MB = 1_048_576
export const FileSettings = z.strictObject({
  maxBytes: z
    .number()
    .int()
    .min(MB)
    .max(2048 * MB),
  quotaBytes: z
    .number()
    .int()
    .min(10 * MB)
    .max(1_048_576 * MB),
})
export type FileSettings = z.infer<typeof FileSettings>

const One = z.strictObject({ id: FileId })
const SHOWS = ['file', 'followUp', 'contact', 'customer', 'employee'] as const

export const filesContract = {
  /** Everything on a customer and on what hangs on him, newest first, as far as the caller sees what it hangs on. */
  ofCustomer: query('files.read', SHOWS)
    .input(z.strictObject({ customerId: CustomerId, limit: z.number().int().min(1).max(200).default(200) }))
    .output(z.strictObject({ rows: z.array(StoredFile), count: z.number().int() })),
  /** Hangs bytes that were sent to /files on a record. */
  add: command('files.write', FILE_REFUSALS)
    .input(z.strictObject({ entity: z.enum(FILE_HOSTS), recordId: z.string().max(26), uploads: Uploads.min(1) }))
    .output(z.array(StoredFile)),
  rename: command('files.write', FILE_REFUSALS)
    .input(z.strictObject({ id: FileId, version: z.number().int(), name: line(5000) }))
    .output(StoredFile),
  /** Who brought it, or who may edit the customer. */
  remove: command('files.write', FILE_REFUSALS).input(One).output(One),
  restore: command('files.write', FILE_RESTORE_REFUSALS).input(One).output(StoredFile),
  /** Only this removes bytes. */
  purge: command('customers.purge', FILE_PURGE_REFUSALS, {
    irreversible: 'purging is the one way to make bytes gone for good',
  })
    .input(One)
    .output(One),
  settings: query('signed-in', ['workspace', 'file'])
    .input(z.strictObject({}))
    .output(FileSettings.extend({ usedBytes: z.number().int(), count: z.number().int() })),
  setSettings: command('settings.manage', FILE_SETTING_REFUSALS).input(FileSettings).output(FileSettings),
}
