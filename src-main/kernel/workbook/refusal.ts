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

export type WorkbookPlace = { sheet?: string; row?: number; column?: string }

/** A file that is refused as a whole: the message is one English sentence, the place is where reading stopped. */
export class WorkbookRefusal extends Error {
  readonly code: WorkbookRefusalCode
  sheet?: string
  row?: number
  column?: string

  constructor(code: WorkbookRefusalCode, message: string, place: WorkbookPlace = {}) {
    super(message)
    this.name = 'WorkbookRefusal'
    this.code = code
    this.at(place)
  }

  /** Adds what an inner layer did not know (the zip layer knows no sheet); what is already known stays. */
  at(place: WorkbookPlace): this {
    if (this.sheet === undefined && place.sheet !== undefined) this.sheet = place.sheet
    if (this.row === undefined && place.row !== undefined) this.row = place.row
    if (this.column === undefined && place.column !== undefined) this.column = place.column
    return this
  }
}
