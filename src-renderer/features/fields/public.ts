export { CustomFields, useCustomFields, useFieldSettings, useFieldsKnown, useEntities, useEntity } from './Fields.tsx'
export { defaultsOf, useFieldRules } from './useRules.ts'
export { CustomShown, CUSTOM_EDITOR, customOptions, fromEditor, toEditor, writableCells } from './values.tsx'
export { text as fieldText } from './text.ts'
