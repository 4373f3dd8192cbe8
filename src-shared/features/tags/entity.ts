import type { EntityDescriptor } from '../../kernel/entity.ts'
import { TAG_TONES } from './model.ts'

/** How lists of tags are read; tags themselves are no records with owners and rights of their own. */
export const tagEntity: EntityDescriptor = {
  name: 'tag',
  table: 'tag',
  feature: 'tags',
  title: 'name',
  fields: [
    {
      key: 'name',
      type: 'text',
      required: true,
      alwaysReadable: true,
      maxLength: 50,
      synonyms: ['标签', '标签名称', '标签名', '名称', 'tag', 'tag name', 'label', 'name'],
    },
    { key: 'tone', type: 'select', options: TAG_TONES, synonyms: ['颜色', '标签颜色', '色', 'colour', 'color', 'tone'] },
  ],
}
