import { z } from 'zod'
import { command, NO_REFUSALS, query } from '../../kernel/procedure.ts'
import { DocumentTemplate, TemplateId, TemplateValues } from './model.ts'

export const documentsContract = {
  templates: query('signed-in', ['documentTemplate', 'workspace']).input(z.strictObject({})).output(z.array(DocumentTemplate)),
  editTemplate: command('settings.manage', NO_REFUSALS)
    .input(z.strictObject({ id: TemplateId, version: z.number().int(), values: TemplateValues }))
    .output(DocumentTemplate),
}
