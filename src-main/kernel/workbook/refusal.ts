import type { OtherKind } from './notWorkbook.ts'

/** Why a file could not be read, in one word; the interface words live with the feature that shows them. */
export type WorkbookRefusalCode =
  | 'notFound'
  | 'empty'
  | 'encrypted'
  | 'truncated'
  | 'damaged'
  | 'notAWorkbook'
  | 'unsupported'
  | 'tooLarge'
  | 'bomb'
  | 'doctype'

/** `part`: of the container, or its stream; `byte`: counted from 0, in the part or else in the file. */
export type WorkbookPlace = { sheet?: string; row?: number; column?: string; part?: string; byte?: number }

/** A file that is refused as a whole: the message is one English sentence, the place is where reading stopped. */
export class WorkbookRefusal extends Error {
  readonly code: WorkbookRefusalCode
  sheet?: string
  row?: number
  column?: string
  part?: string
  byte?: number
  /** What it seems to be, where it is no workbook. */
  kind?: OtherKind

  constructor(code: WorkbookRefusalCode, message: string, { kind, ...place }: WorkbookPlace & { kind?: OtherKind } = {}) {
    super(message)
    this.name = 'WorkbookRefusal'
    this.code = code
    if (kind !== undefined) this.kind = kind
    this.at(place)
  }

  /** Adds what an inner layer did not know (the zip layer knows no sheet); what is already known stays. */
  at(place: WorkbookPlace): this {
    if (this.sheet === undefined && place.sheet !== undefined) this.sheet = place.sheet
    if (this.row === undefined && place.row !== undefined) this.row = place.row
    if (this.column === undefined && place.column !== undefined) this.column = place.column
    if (this.part === undefined && place.part !== undefined) this.part = place.part
    if (this.byte === undefined && place.byte !== undefined) this.byte = place.byte
    return this
  }
}

/** Where reading stopped, as short as an address: "华东!C12", "xl/workbook.xml +512", "+20480"; empty when nobody knows. */
export function placeText({ sheet, row, column, part, byte }: WorkbookPlace): string {
  const cell = `${column ?? ''}${row ?? ''}`
  if (sheet !== undefined) return cell === '' ? sheet : `${sheet}!${cell}`
  if (cell !== '' && part === undefined) return cell
  return [part, byte === undefined ? undefined : `+${byte}`].filter((one) => one !== undefined).join(' ')
}

/** For what reads a part of a container and knows only its bytes. */
export async function inPart<T>(part: string, work: () => Promise<T> | T): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof WorkbookRefusal ? error.at({ part }) : error
  }
}
