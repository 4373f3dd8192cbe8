import type { FieldRight } from '../../../src-shared/kernel/permissions.ts'
import type { RolePreview } from '../../../src-shared/features/people/model.ts'
import { type SimpleColumn, SimpleTable } from '../../components/SimpleTable.tsx'
import { Nothing } from '../../components/states.tsx'
import { Dash } from '../../components/values.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { menuEntries } from '../../kernel/places.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { listed, useText } from '../../kernel/text.ts'
import type { Draft } from './draft.ts'
import { OBJECTS, type MatrixRow } from './matrix.ts'
import { objectWord } from './Matrix.tsx'
import { text } from './text.ts'

/** What stands in the navigation of somebody with these rights. */
export function PreviewMenu({ draft }: { draft: Draft }) {
  const t = useText(text)
  const has = (needs: string | readonly string[]) => [needs].flat().some((one) => one in draft.permissions)
  const shown = menuEntries().filter(({ needs }) => !needs || has(needs))
  return (
    <section>
      <div className="sec">{t('previewMenu')}</div>
      <div className="row g6 wrap">
        {shown.length === 0 ? (
          <Dash />
        ) : (
          shown.map(({ label }) => (
            <span key={label()} className="chip">
              {label()}
            </span>
          ))
        )}
      </div>
    </section>
  )
}

/** Every kind of record: how many of them he finds in its list, and which of its fields are not there, masked, or only to be read. */
export function PreviewKinds({ seen, draft }: { seen: RolePreview; draft: Draft }) {
  const t = useText(text)
  const counts = new Map<string, number | null>(seen.kinds.map(({ entity, count }) => [entity, count]))
  const fieldsOf = ({ entity }: MatrixRow, right: FieldRight) =>
    entity.fields.flatMap(({ key }) => (draft.fields[`${entity.name}.${key}`] === right ? [fieldWord(entity.feature, key)] : []))
  const columns: SimpleColumn<MatrixRow>[] = [
    { key: 'kind', title: t('previewKind'), width: 90, render: objectWord },
    {
      key: 'count',
      title: t('previewCount'),
      width: 90,
      align: 'right',
      render: ({ entity }) => {
        const n = counts.get(entity.name) ?? null
        return n === null ? <span className="t3">{t('previewNoRight')}</span> : <span className="num">{formatNumber(n)}</span>
      },
    },
    {
      key: 'fields',
      title: t('previewFields'),
      render: (row) => {
        const parts = (['hidden', 'masked', 'read'] as const).flatMap((right) => {
          const fields = fieldsOf(row, right)
          return fields.length === 0 ? [] : [t(`previewFields_${right}`, { fields: listed(fields) })]
        })
        return counts.get(row.entity.name) == null ? (
          <Dash />
        ) : parts.length === 0 ? (
          <span className="t3">{t('previewFieldsAll')}</span>
        ) : (
          parts.join(t('previewBetween'))
        )
      },
    },
  ]
  return (
    <SimpleTable
      rows={OBJECTS}
      columns={columns}
      rowKey={({ entity }) => entity.name}
      empty={<Nothing>{t('previewNobody')}</Nothing>}
    />
  )
}
