import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ImportableEntity } from '../../../src-shared/features/imports/model.ts'
import { SAMPLES } from '../../../src-shared/features/imports/samples.ts'
import { type Language, text } from '../../../src-shared/features/imports/text.ts'
import { type EntityDescriptor, type FieldDescriptor, findField, isCustomKey } from '../../../src-shared/kernel/entity.ts'
import type { QueryContext } from '../../kernel/context.ts'
import type { Importer } from '../../kernel/importer.ts'
import { writeXlsx } from '../../kernel/workbook/write.ts'
import { cellOf, entityWord, headerOf } from '../exports/public.ts'
import { poolChoices } from '../pools/public.ts'
import { importerIn } from './registry.ts'
import { mayWrite } from './wizard.ts'

type Field = { part: EntityDescriptor; field: FieldDescriptor; sample: string }

/** The fields of a kind that the actor may write, each under the words by which it is known again, and one row that shows how they are meant. */
export async function templateOf(
  { db, entities, actor }: Pick<QueryContext, 'db' | 'entities' | 'actor'>,
  { entity, language }: { entity: ImportableEntity; language: Language },
): Promise<File> {
  const importer = importerIn(entities, entity)
  const hasPools = (await poolChoices(db)).length > 0
  const fields = fieldsOf(importer, entity, language).filter(({ part, field }) =>
    // Where there are no pools nobody is asked for one.
    field.reference === 'pool' && !hasPools ? false : mayWrite(importer, actor, { entity: part.name, field: field.key }),
  )
  const name = text[language][`template.${entity}`]
  const folder = await mkdtemp(join(tmpdir(), 'kezhan-template-'))
  try {
    const out = join(folder, 'template.xlsx')
    await writeXlsx(out, {
      sheetName: name,
      columns: fields.map(({ part, field }) => ({ header: headerIn(importer, part, field, language), type: 'text', width: 18 })),
      rows: oneRow(
        fields.map(({ part, field, sample }) => (field.type === 'select' ? choice(part, field, sample, language) : sample)),
      ),
    })
    return new File([await readFile(out)], `${name}.xlsx`, {
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function fieldsOf(importer: Importer, entity: ImportableEntity, language: Language): Field[] {
  const told = SAMPLES[entity].flatMap(([key, chinese, english]) => {
    const [name, field = ''] = key.split('.')
    const part = importer.parts.find((one) => one.name === name)
    const found = part && findField(part, field)
    return part && found ? [{ part, field: found, sample: language === 'zh-CN' ? chinese : english }] : []
  })
  const own = importer.parts.slice(0, 1)
  const added = own.flatMap((part) =>
    part.fields.filter(({ key }) => isCustomKey(key)).map((field) => ({ part, field, sample: '' })),
  )
  return [...told, ...added]
}

const PARTS_OF_ROWS: ReadonlySet<string> = new Set(['orderLine', 'quoteLine', 'allocation', 'invoiceLine', 'purchaseLine'])

/** Of what hangs on the row, or what the row hangs on, whose field it is stands before its name. */
function headerIn(importer: Importer, part: EntityDescriptor, field: FieldDescriptor, language: Language): string {
  const label = headerOf(part, field, language)
  const whose = entityWord(part, language)
  // Lines and the like are no records that anybody looks for by these words.
  if (part === importer.parts[0] || label.startsWith(whose) || PARTS_OF_ROWS.has(part.name)) return label
  return language === 'zh-CN' ? `${whose}${label}` : `${whose} ${label.toLowerCase()}`
}

const choice = (part: EntityDescriptor, field: FieldDescriptor, value: string, language: Language) =>
  cellOf(part, field, language, 'UTC')({ [field.key]: value })

async function* oneRow<Cell>(cells: readonly Cell[]): AsyncGenerator<(readonly Cell[])[]> {
  yield await Promise.resolve([cells])
}
