import type { WorkbookNote } from './cell.ts'
import { inPart, WorkbookRefusal } from './refusal.ts'
import { type FormatKind, formatKind } from './serial.ts'
import { walkXml } from './xml.ts'
import type { ZipEntry, ZipFile } from './zip.ts'

export type XlsxSheet = { name: string; hidden: boolean; entry: ZipEntry }
export type XlsxPackage = {
  sheets: XlsxSheet[]
  sharedStrings: ZipEntry | null
  kinds: FormatKind[]
  date1904: boolean
  notes: WorkbookNote[]
}

type Relation = { type: string; target: string }

/** Where a relationship's target lies; the part it belongs to may stand in any folder. */
function resolvePart(base: string, target: string): string {
  let clean = target.replaceAll('\\', '/')
  try {
    clean = decodeURIComponent(clean)
  } catch {
    // A stray % is part of the name.
  }
  const parts = clean.startsWith('/') ? [] : base.split('/').slice(0, -1)
  for (const part of clean.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '' && part !== '.') parts.push(part)
  }
  return parts.join('/')
}

async function walkPart(zip: ZipFile, entry: ZipEntry, open: Parameters<typeof walkXml>[1]): Promise<void> {
  const bytes = await zip.readWhole(entry)
  await inPart(entry.name, () => walkXml(bytes, open))
}

async function relations(zip: ZipFile, part: string): Promise<Map<string, Relation>> {
  const slash = part.lastIndexOf('/')
  const entry = zip.find(`${part.slice(0, slash + 1)}_rels/${part.slice(slash + 1)}.rels`)
  const found = new Map<string, Relation>()
  if (entry === undefined) return found
  await walkPart(zip, entry, (name, attributes) => {
    if (name !== 'Relationship' || attributes.get('TargetMode') === 'External') return
    const type = attributes.get('Type') ?? ''
    found.set(attributes.get('Id') ?? '', {
      type: type.slice(type.lastIndexOf('/') + 1),
      target: resolvePart(part, attributes.get('Target') ?? ''),
    })
  })
  return found
}

/** The workbook part: by the root relationship, else by its content type, else where it always lies. */
export async function findWorkbookPart(zip: ZipFile): Promise<string | null> {
  for (const relation of (await relations(zip, '')).values()) {
    if (relation.type === 'officeDocument' && zip.find(relation.target)) return relation.target
  }
  const types = zip.find('[Content_Types].xml')
  let part: string | null = null
  if (types) {
    await walkPart(zip, types, (name, attributes) => {
      const type = attributes.get('ContentType') ?? ''
      if (name === 'Override' && /(spreadsheetml\.(sheet|template)|ms-excel\..*)\.main\+xml$/.test(type)) {
        part = resolvePart('', attributes.get('PartName') ?? '')
      }
    })
  }
  if (part !== null && zip.find(part)) return part
  return zip.find('xl/workbook.xml') ? 'xl/workbook.xml' : null
}

async function readStyles(zip: ZipFile, entry: ZipEntry | undefined, notes: WorkbookNote[]): Promise<FormatKind[]> {
  const kinds: FormatKind[] = []
  if (entry === undefined) return kinds
  const bytes = await zip.readWhole(entry)
  const codes = new Map<number, string>()
  const formats: number[] = []
  let inCellXfs = false
  try {
    walkXml(
      bytes,
      (name, attributes) => {
        if (name === 'cellXfs') inCellXfs = true
        else if (name === 'numFmt') codes.set(Number(attributes.get('numFmtId')), attributes.get('formatCode') ?? '')
        else if (name === 'xf' && inCellXfs) formats.push(Number(attributes.get('numFmtId') ?? 0))
      },
      (name) => {
        if (name === 'cellXfs') inCellXfs = false
      },
    )
  } catch (error) {
    if (!(error instanceof WorkbookRefusal) || error.code !== 'damaged') throw error
    notes.push({ code: 'stylesUnreadable', text: 'The styles of the workbook are damaged: dates may appear as numbers.' })
  }
  for (const id of formats) kinds.push(formatKind(id, codes.get(id)))
  return kinds
}

/** Reads what stands around the sheets: their names and order, hidden or not, the date system, the number formats. */
export async function readXlsxPackage(zip: ZipFile, workbookPart: string): Promise<XlsxPackage> {
  const notes: WorkbookNote[] = []
  const links = await relations(zip, workbookPart)
  const listed: { name: string; state: string; id: string }[] = []
  let date1904 = false
  await walkPart(zip, zip.find(workbookPart) as ZipEntry, (name, attributes) => {
    // An extension repeats the element under the same local name (x15:workbookPr), without the attribute.
    if (name === 'workbookPr') date1904 ||= /^(1|true|on)$/i.test(attributes.get('date1904') ?? '')
    else if (name === 'sheet') {
      listed.push({
        name: attributes.get('name') ?? '',
        state: attributes.get('state') ?? 'visible',
        id: attributes.get('id') ?? '',
      })
    }
  })
  const sheets: XlsxSheet[] = []
  for (const item of listed) {
    const link = links.get(item.id)
    if (link !== undefined && link.type !== 'worksheet') {
      const text = `The sheet "${item.name}" holds no table (${link.type}) and is left out.`
      notes.push({ code: 'sheetSkipped', sheet: item.name, text })
      continue
    }
    const entry = link === undefined ? undefined : zip.find(link.target)
    if (entry === undefined)
      throw new WorkbookRefusal('damaged', `The sheet "${item.name}" is missing in the file.`, { sheet: item.name })
    sheets.push({ name: item.name, hidden: item.state !== 'visible', entry })
  }
  if (sheets.length === 0) throw new WorkbookRefusal('empty', 'The workbook has no sheet with a table.')
  for (const name of zip.duplicates) {
    notes.push({ code: 'duplicatePart', text: `The file holds two parts named ${name}; the last one is read.` })
  }
  const byType = (type: string): ZipEntry | undefined => {
    for (const link of links.values()) if (link.type === type) return zip.find(link.target)
    return undefined
  }
  const kinds = await readStyles(zip, byType('styles'), notes)
  return { sheets, sharedStrings: byType('sharedStrings') ?? null, kinds, date1904, notes }
}
