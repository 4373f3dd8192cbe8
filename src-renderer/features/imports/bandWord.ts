import type { ImportDetail } from '../../../src-shared/features/imports/model.ts'
import { sliceWord } from '../../kernel/slices.ts'
import type { Translate } from '../../kernel/text.ts'
import type { Choice } from './bands.ts'
import type { ImportWord } from './text.ts'

const featureOf = (detail: ImportDetail, entity: string): string =>
  detail.targets.find((target) => target.entity === entity)?.feature ?? entity

/** 客户, 联系人2. */
export function bandWord(t: Translate<ImportWord>, detail: ImportDetail, { entity, at }: Choice, numbered: boolean): string {
  const word = sliceWord(featureOf(detail, entity), `entity.${entity}`) ?? entity
  return numbered ? t('numbered', { word, n: at + 1 }) : word
}
