import { CheckOutlined } from '@ant-design/icons'
import type { Access } from '../../../src-shared/features/looking/contract.ts'
import { isScoped, type Permission, PERMISSIONS } from '../../../src-shared/kernel/permissions.ts'
import { Chip, type Tone } from '../../components/marks.tsx'
import { Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { fieldWord, sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { useEntities } from '../fields/public.ts'
import { permissionWord, roleName } from '../people/public.ts'
import { rightsEntities, rightsText, ScopeMark } from '../roles/public.ts'
import { text } from './text.ts'

const TONE: Readonly<Record<string, Tone>> = { hidden: 'bad', masked: 'warn', read: 'info' }

/** Each right with its reach and the roles it comes from; then what he lacks, and the fields kept from him. */
export function Rights({ access }: { access: Access }) {
  const t = useText(text)
  const from = useFrom(access)
  const has = new Set<Permission>(access.permissions.map(({ permission }) => permission))
  const lacks = PERMISSIONS.filter((one) => !has.has(one))
  return (
    <>
      <Section title={t('may')} {...(access.roles.length > 1 && { note: t('mayHint') })}>
        <div role="table" aria-label={t('may')} className="set-lined">
          <div role="row" className="access-line head">
            <span role="columnheader">{t('right')}</span>
            <span role="columnheader">{t('scope')}</span>
            <span role="columnheader">{t('from')}</span>
          </div>
          {access.permissions.map(({ permission, scope, from: ids }) => (
            <div key={permission} role="row" className="access-line">
              <span role="rowheader" className="el">
                {permissionWord(permission)}
              </span>
              <span role="cell">
                {isScoped(permission) ? (
                  <ScopeMark scope={scope} />
                ) : (
                  <span className="row g6 inline">
                    <CheckOutlined className="tbrand" />
                    {t('yes')}
                  </span>
                )}
              </span>
              <span role="cell" className="t2 s12 el">
                {from(ids)}
              </span>
            </div>
          ))}
        </div>
        {access.active && (
          <div className="access-lacks">
            <span className="t3 s12">{t('lacks')}</span>
            {lacks.length === 0 && <span className="t2 s12">{t('lacksNone')}</span>}
            {lacks.map((one) => (
              <Chip key={one} outlined>
                {permissionWord(one)}
              </Chip>
            ))}
          </div>
        )}
      </Section>
      <Fields access={access} />
    </>
  )
}

function useFrom({ roles }: Access): (ids: readonly string[]) => string {
  const t = useText(text)
  return (ids) => roles.flatMap((role) => (ids.includes(role.id) ? [roleName(role)] : [])).join(t('list'))
}

function Fields({ access }: { access: Access }) {
  const t = useText(text)
  const tr = useText(rightsText)
  const from = useFrom(access)
  const entities = useEntities(rightsEntities)
  if (!access.active) return null
  return (
    <Section title={t('fields')} note={t('fieldsHint')}>
      {access.fields.length === 0 && <Nothing>{t('fieldsNone')}</Nothing>}
      {access.fields.map(({ entity, field, right, from: ids }) => {
        const feature = entities.find(({ name }) => name === entity)?.feature ?? entity
        return (
          <div key={`${entity}.${field}`} className="access-line">
            <span className="el">
              <span className="t3">{sliceWord(feature, `entity.${entity}`) ?? entity} · </span>
              {fieldWord(feature, field)}
            </span>
            <span>
              <Chip tone={TONE[right] ?? 'ink'}>{tr(`right_${right}`)}</Chip>
            </span>
            <span className="t2 s12 el">{from(ids)}</span>
          </div>
        )
      })}
    </Section>
  )
}
