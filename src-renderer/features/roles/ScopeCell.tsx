import './roles.css'
import { CheckOutlined, UndoOutlined } from '@ant-design/icons'
import { Dropdown, Tooltip } from 'antd'
import type { KeyboardEvent } from 'react'
import { isScoped, type Permission, type Scope, SCOPES } from '../../../src-shared/kernel/permissions.ts'
import { useText } from '../../kernel/text.ts'
import { permissionWord } from '../people/public.ts'
import { text } from './text.ts'

/** How far a right reaches: bars that rise and words, the same sign everywhere. */
export function ScopeMark({ scope }: { scope: Scope }) {
  const t = useText(text)
  const reach = SCOPES.indexOf(scope)
  return (
    <span className="row g6 inline">
      <span className="scope-bars" aria-hidden>
        {SCOPES.map((one, i) => (
          <i key={one} className={i <= reach ? 'on' : ''} />
        ))}
      </span>
      {t(`scope_${scope}`)}
    </span>
  )
}

type ScopeCellProps = {
  permission: Permission
  scope: Scope | undefined
  /** What it is compared with. */
  standard: Scope | undefined
  /** What stands beside the check of a right without reach. */
  yes?: string | undefined
  /** Absent = may only be read. */
  onChange?: ((scope: Scope | null) => void) | undefined
}

/** One right of a role. Differs from the default: lamp-coloured, with an undo of its own. */
export function ScopeCell({ permission, scope, standard, yes, onChange }: ScopeCellProps) {
  const t = useText(text)
  const differs = scope !== standard
  const value = <Value permission={permission} scope={scope} yes={yes} />
  if (!onChange) return <span className={`scope-cell${differs ? ' over' : ''}`}>{value}</span>
  const standardWord = standard === undefined ? t('none') : isScoped(permission) ? t(`scope_${standard}`) : t('may')
  return (
    <span className={`scope-cell can${differs ? ' over' : ''}`}>
      {isScoped(permission) ? (
        <ScopeMenu permission={permission} scope={scope} onChange={onChange}>
          {value}
        </ScopeMenu>
      ) : (
        <button
          type="button"
          role="checkbox"
          aria-checked={scope !== undefined}
          aria-label={permissionWord(permission)}
          className="bare scope-value"
          onClick={() => onChange(scope === undefined ? 'all' : null)}
        >
          {value}
        </button>
      )}
      {differs && (
        <Tooltip title={t('backToDefault', { value: standardWord })}>
          <button
            type="button"
            className="bare scope-undo"
            aria-label={t('backToDefault', { value: standardWord })}
            onClick={() => onChange(standard ?? null)}
          >
            <UndoOutlined />
          </button>
        </Tooltip>
      )}
    </span>
  )
}

function Value({ permission, scope, yes }: Pick<ScopeCellProps, 'permission' | 'scope' | 'yes'>) {
  if (scope === undefined) return <span className="t4 scope-none">—</span>
  if (isScoped(permission)) return <ScopeMark scope={scope} />
  return (
    <span className="row g6 inline">
      <CheckOutlined className="tbrand" />
      {yes}
    </span>
  )
}

/** Opens the five steps; the digits 0 to 4 choose one without opening. */
function ScopeMenu({
  permission,
  scope,
  onChange,
  children,
}: {
  permission: Permission
  scope: Scope | undefined
  onChange: (scope: Scope | null) => void
  children: React.ReactNode
}) {
  const t = useText(text)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!/^[0-4]$/.test(event.key) || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    onChange(SCOPES[Number(event.key) - 1] ?? null)
  }
  return (
    <Dropdown
      trigger={['click']}
      autoFocus
      menu={{
        selectable: true,
        selectedKeys: [scope ?? 'none'],
        items: [
          { key: 'none', label: t('none'), extra: '0' },
          ...SCOPES.map((one, i) => ({ key: one, label: <ScopeMark scope={one} />, extra: String(i + 1) })),
        ],
        onClick: ({ key }) => onChange(SCOPES.find((one) => one === key) ?? null),
      }}
    >
      <button
        type="button"
        className="bare scope-value"
        aria-label={`${permissionWord(permission)} ${scope ? t(`scope_${scope}`) : t('none')}`}
        onKeyDown={onKeyDown}
      >
        {children}
      </button>
    </Dropdown>
  )
}
