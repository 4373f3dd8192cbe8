import { z } from 'zod'
import { cleanText } from '../../kernel/cleaning/text.ts'
import { CustomizableEntity } from '../fields/model.ts'

/** Where a field shows: in the form of a new record, on the record's page, in the panel beside the list. */
export const PLACES = ['form', 'page', 'panel'] as const
export type Place = (typeof PLACES)[number]

export const LayoutField = z.strictObject({
  key: z.string().max(64),
  form: z.boolean(),
  page: z.boolean(),
  panel: z.boolean(),
})
export type LayoutField = z.infer<typeof LayoutField>

/** `label` null: the program's own word for the group of this id. `isFolded`: closed until somebody opens it. */
export const LayoutGroup = z.strictObject({
  id: z.string().min(1).max(40),
  label: z.string().overwrite(cleanText).max(40).nullable(),
  columns: z.union([z.literal(1), z.literal(2)]),
  isFolded: z.boolean(),
  fields: z.array(LayoutField).max(300),
})
export type LayoutGroup = z.infer<typeof LayoutGroup>
export const Layout = z.strictObject({ groups: z.array(LayoutGroup).min(1).max(30) })
export type Layout = z.infer<typeof Layout>

export const StoredLayout = z.strictObject({ entity: CustomizableEntity, layout: Layout, version: z.number().int() })
export type StoredLayout = z.infer<typeof StoredLayout>
export const LaidOutEntity = CustomizableEntity
