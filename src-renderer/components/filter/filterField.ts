import type { FieldOption } from '../FieldEditor.tsx'

/** What decides how a field is compared and which editor its value has. */
export type FilterType =
  | 'text'
  | 'number'
  | 'money'
  | 'date'
  | 'birthday'
  | 'instant'
  | 'opened'
  | 'select'
  | 'boolean'
  | 'people'
  | 'department'
  | 'tags'
  | 'related'

/** One field that conditions may be about, in the words of the page. */
export type FilterField = {
  readonly key: string
  readonly label: string
  readonly type: FilterType
  readonly group: 'own' | 'custom' | 'related'
  readonly options?: readonly FieldOption[]
  readonly unit?: string
  /** Of related records: what conditions on them may be about. */
  readonly fields?: readonly FilterField[]
}
