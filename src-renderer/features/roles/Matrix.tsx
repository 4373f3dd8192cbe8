import { UndoOutlined } from '@ant-design/icons'
import type { Permission, Scope } from '../../../src-shared/kernel/permissions.ts'
import { SCOPES } from '../../../src-shared/kernel/permissions.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { sliceWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { permissionWord } from '../people/public.ts'
import { type Draft, withPermission } from './draft.ts'
import { ACTIONS, type MatrixCell, type MatrixRow, OBJECTS, TOOLS } from './matrix.ts'
import { ScopeCell, ScopeMark } from './ScopeCell.tsx'
import { text } from './text.ts'

export type EditorProps = {
  draft: Draft
  /** What it is compared with: what a system role began with, or what is saved of any other. */
  standard: Draft
  builtin: boolean
  /** Absent = may only be read. */
  onChange?: ((draft: Draft) => void) | undefined
}

export const objectWord = ({ entity }: Pick<MatrixRow, 'entity'>): string =>
  sliceWord(entity.feature, `entity.${entity.name}`) ?? entity.name

/** What the signs mean. */
export function Legend({ builtin }: { builtin: boolean }) {
  const t = useText(text)
  return (
    <div className="roles-legend">
      <span className="t3">{t('scope')}</span>
      {SCOPES.map((scope) => (
        <ScopeMark key={scope} scope={scope} />
      ))}
      <span className="grow" />
      <span className="row g6">
        <i className="roles-lamp" />
        {t(builtin ? 'legend' : 'legendOwn')} <UndoOutlined className="tlamp" /> {t('legendEnd')}
      </span>
    </div>
  )
}

function useCell({ draft, standard, onChange }: EditorProps) {
  return (permission: Permission, yes?: string) => (
    <ScopeCell
      permission={permission}
      scope={draft.permissions[permission]}
      standard={standard.permissions[permission]}
      yes={yes}
      onChange={onChange && ((scope: Scope | null) => onChange(withPermission(draft, permission, scope)))}
    />
  )
}

/** Objects by actions. On a phone the same rights as lines to read. */
export function Matrix(props: EditorProps) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const cell = useCell(props)
  // What hangs on customers is seen with them; who may make something new, or see products, just may.
  const yesOf = ({ entity }: MatrixRow, at: MatrixCell): string | undefined =>
    at.span > 1 ? t('writes') : at.permission?.endsWith('.create') || entity.parentKey === undefined ? undefined : t('follows')
  if (isPhone) return <MatrixLines {...props} />
  return (
    <div className="roles-matrix">
      <table>
        <thead>
          <tr>
            <th>{t('object')}</th>
            {ACTIONS.map((action) => (
              <th key={action}>{t(`act_${action}`)}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {OBJECTS.map((row) => (
            <tr key={row.entity.name}>
              <th scope="row">{objectWord(row)}</th>
              {row.cells.map((at, i) => (
                <td key={i} colSpan={at.span}>
                  {at.permission ? cell(at.permission, yesOf(row, at)) : <span className="scope-cell t4 scope-none">—</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function MatrixLines(props: EditorProps) {
  const t = useText(text)
  const cell = useCell(props)
  return OBJECTS.map((row) => (
    <div key={row.entity.name} className="roles-lines">
      <div className="b">{objectWord(row)}</div>
      {row.cells.map(
        (at) =>
          at.permission && (
            <div key={at.permission} className="row">
              <span className="t2 grow">{permissionWord(at.permission)}</span>
              {cell(at.permission, t('may'))}
            </div>
          ),
      )}
    </div>
  ))
}

/** Rights that no column has. */
export function Tools(props: EditorProps) {
  const t = useText(text)
  const cell = useCell(props)
  return (
    <div className="roles-tools">
      {TOOLS.map((group) => (
        <div key={group.word}>
          <div className="sec">{t(group.word)}</div>
          {group.permissions.map((permission) => (
            <div key={permission} className="roles-tool">
              <span className="grow">{permissionWord(permission)}</span>
              {cell(permission)}
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}
