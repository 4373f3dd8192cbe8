export { CustomFields, useCustomFields, useEntities, useEntity } from './Fields.tsx'
export { CustomShown, CUSTOM_EDITOR, customOptions, fromEditor, toEditor } from './values.tsx'
export { text as fieldText } from './text.ts'
