import { z } from 'zod'
import { idOf } from '../../kernel/ids.ts'

export const TemplateId = idOf<'documentTemplate'>()
export type TemplateId = z.infer<typeof TemplateId>

/** What is printed, one word each. */
export const DOCUMENT_KINDS = ['quote', 'contract'] as const
export const DocumentKind = z.enum(DOCUMENT_KINDS)
export type DocumentKind = z.infer<typeof DocumentKind>

/** What stands around the lines. Plain text with line breaks; `signature`: one line each for who signs. */
export const TemplateValues = z.strictObject({
  title: z.string().trim().min(1, 'required').max(60),
  head: z.string().max(2000),
  intro: z.string().max(2000),
  terms: z.string().max(20_000),
  signature: z.string().max(500),
})
export type TemplateValues = z.infer<typeof TemplateValues>
export const DocumentTemplate = TemplateValues.extend({
  id: TemplateId,
  kind: DocumentKind,
  title: z.string(),
  /** The firm as it was set up, above the head. */
  company: z.string(),
  version: z.number().int(),
})
export type DocumentTemplate = z.infer<typeof DocumentTemplate>
