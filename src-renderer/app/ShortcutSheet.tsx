import { Modal } from 'antd'
import { Kbd } from '../components/marks.tsx'
import { useShortcuts } from '../kernel/keyboard.ts'
import { useText } from '../kernel/text.ts'
import { FOCUS_KEYS } from './keyTable.ts'
import { text } from './text.ts'

/** What several keys do stands in one line. */
type Line = { keys: string[]; label: string }

/** Every key of the program: those of the page that is open, and those of lists and editors. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText(text)
  const registered = useShortcuts()
  const groups = new Map<string, Line[]>()
  for (const { keys, label, group } of registered) {
    if (!group) continue
    const lines = groups.get(group) ?? []
    const same = lines.find((line) => line.label === label)
    if (!same) groups.set(group, [...lines, { keys: [keys], label }])
    else if (!same.keys.includes(keys)) same.keys.push(keys)
  }
  for (const { group, lines } of FOCUS_KEYS)
    groups.set(
      t(group),
      lines.map(({ keys, word }) => ({ keys: [keys], label: t(word) })),
    )
  return (
    <Modal open={open} title={t('shortcutSheet')} footer={null} onCancel={onClose} width={640}>
      <div className="sheet-grid">
        {[...groups].map(([group, lines]) => (
          <section key={group}>
            <div className="sec">{group}</div>
            {lines.map((line) => (
              <div key={line.label} className="row g8 sheet-line">
                <span className="grow">{line.label}</span>
                {line.keys.map((keys, index) => (
                  <span key={keys} className="row g6 t3 s12">
                    {index > 0 && t('or')}
                    <Keys keys={keys} />
                  </span>
                ))}
              </div>
            ))}
          </section>
        ))}
      </div>
    </Modal>
  )
}

const SIGNS: Record<string, string> = { ArrowLeft: '←', ArrowRight: '→' }

function Keys({ keys }: { keys: string }) {
  return (
    <span className="row g4">
      {keys.split(keys.includes('+') && keys.length > 1 ? '+' : ' ').map((key) => (
        <Kbd key={key}>{SIGNS[key] ?? key}</Kbd>
      ))}
    </span>
  )
}
