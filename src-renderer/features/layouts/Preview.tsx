import type { Layout, Place } from '../../../src-shared/features/layouts/model.ts'
import { laidIn } from '../../../src-shared/features/layouts/rules.ts'
import type { EntityDescriptor } from '../../../src-shared/kernel/entity.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import { groupWord } from './useLayout.ts'

/** How the draft would look in one place, with empty boxes for values. */
export function Preview({ entity, layout, place }: { entity: EntityDescriptor; layout: Layout; place: Place }) {
  const t = useText(text)
  const laid = laidIn(entity, layout, place)
  if (laid.length === 0) return <p className="t3">{t('nothingHere')}</p>
  return (
    <div className={`layout-paper ${place}`} aria-hidden>
      {laid.map(({ group, fields }) => (
        <div key={group.id}>
          <div className="b t2 s12 layout-paper-head">
            {groupWord(group)}
            {group.isFolded && place !== 'form' && ' …'}
          </div>
          {!(group.isFolded && place !== 'form') && (
            <div className={group.columns === 2 && place !== 'panel' ? 'layout-paper-two' : ''}>
              {fields.map(({ key, required, setting }) => (
                <div key={key} className="layout-paper-line">
                  <span className="t3 s12 el">
                    {place === 'form' && (required || setting?.required) && <i className="tbad">* </i>}
                    {fieldWord(entity.feature, key)}
                  </span>
                  <span className="layout-paper-box" />
                </div>
              ))}
            </div>
          )}
        </div>
      ))}
    </div>
  )
}
