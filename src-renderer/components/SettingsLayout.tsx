import type { ReactNode } from 'react'

export type SettingsGroup = { title: string; items: readonly { key: string; label: string }[] }

/** Settings: the menu at the left, one subject at a time. */
export function SettingsLayout({
  title,
  groups,
  at,
  onGo,
  children,
}: {
  title: string
  groups: readonly SettingsGroup[]
  at: string
  onGo: (key: string) => void
  children: ReactNode
}) {
  return (
    <div className="settings">
      <nav className="settings-menu">
        <div className="row settings-title">
          <b className="s16">{title}</b>
        </div>
        {groups.map((group) => (
          <div key={group.title}>
            <div className="sec settings-group">{group.title}</div>
            {group.items.map((item) => (
              <button
                type="button"
                key={item.key}
                className={`bare settings-item${item.key === at ? ' on' : ''}`}
                onClick={() => onGo(item.key)}
              >
                {item.label}
              </button>
            ))}
          </div>
        ))}
      </nav>
      <section className="page">{children}</section>
    </div>
  )
}
