import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'
import { Instant } from '../../kernel/time.ts'
import { CustomerId } from '../customers/model.ts'
import { FILE_HOSTS } from './entity.ts'

export const FileId = idOf<'file'>()
export type FileId = z.infer<typeof FileId>

export const FileBrief = z.strictObject({ id: FileId, name: z.string(), type: z.string(), size: z.number().int() }).strip()
export type FileBrief = z.infer<typeof FileBrief>

export const StoredFile = z
  .strictObject({
    ...FileBrief.shape,
    entity: z.enum(FILE_HOSTS),
    recordId: z.string(),
    customerId: CustomerId,
    authorId: z.string().nullable(),
    authorName: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    deletedAt: Instant.nullable(),
    version: z.number().int(),
  })
  .strip()
export type StoredFile = z.infer<typeof StoredFile>

/** Bytes that arrived: their number is what a command hangs on a record. */
export const Upload = z.strictObject({ id: FileId, name: z.string(), type: z.string(), size: z.number().int() })
export type Upload = z.infer<typeof Upload>

export const Uploads = z.array(FileId).max(20)
