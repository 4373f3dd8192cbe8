import { sql } from 'kysely'
import type { DocumentTemplate } from '../../../src-shared/features/documents/model.ts'
import { cleanLongText, cleanText } from '../../../src-shared/kernel/cleaning/text.ts'
import { plain, type ReadDb, type WriteTx } from '../../kernel/database.ts'
import { NotFound, Stale } from '../../kernel/errors.ts'
import { onCommand, onQuery } from '../../kernel/pipeline.ts'

async function readTemplates(db: ReadDb | WriteTx): Promise<DocumentTemplate[]> {
  const { rows } = await sql<DocumentTemplate>`
    select t.id, t.kind, t.title, t.head, t.intro, t.terms, t.signature, w.company, t.version
    from document_template t cross join workspace w order by t.created_at, t.id`.execute(plain(db))
  return rows
}

async function readTemplate(db: ReadDb | WriteTx, id: string): Promise<DocumentTemplate> {
  const found = (await readTemplates(db)).find((one) => one.id === id)
  if (!found) throw new NotFound('documentTemplate', id)
  return found
}

export const documentsHandlers = {
  templates: onQuery.documents.templates.handler(({ context }) => readTemplates(context.db)),

  editTemplate: onCommand.documents.editTemplate.handler(async ({ input, context }) => {
    const row = await readTemplate(context.tx, input.id)
    if (row.version !== input.version) throw new Stale('documentTemplate', row.id)
    const { title, head, intro, terms, signature } = input.values
    const values = {
      title: cleanText(title),
      head: cleanLongText(head),
      intro: cleanLongText(intro),
      terms: cleanLongText(terms),
      signature: cleanLongText(signature),
    }
    if ((Object.keys(values) as (keyof typeof values)[]).every((key) => values[key] === row[key])) context.unchanged()
    else {
      await context.tx
        .updateTable('documentTemplate')
        .set((eb) => ({ ...values, updatedAt: context.now(), version: eb('version', '+', 1) }))
        .where('id', '=', row.id)
        .execute()
      context.record({ entity: 'documentTemplate', id: row.id, action: 'templateEdited' })
    }
    return readTemplate(context.tx, row.id)
  }),
}
