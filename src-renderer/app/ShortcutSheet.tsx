import { Modal } from 'antd'
import { Kbd } from '../components/marks.tsx'
import { useShortcuts } from '../kernel/keyboard.ts'
import { useText } from '../kernel/text.ts'
import { text } from './text.ts'

type Line = { keys: string; label: string }

/** Every key of the program: those of the page that is open, and those of lists and editors. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const t = useText(text)
  const registered = useShortcuts()
  const groups = new Map<string, Line[]>()
  for (const { keys, label, group } of registered) {
    if (!group) continue
    const lines = groups.get(group) ?? []
    if (!lines.some((line) => line.keys === keys)) groups.set(group, [...lines, { keys, label }])
  }
  groups.set(t('keysList'), [
    { keys: '↑ ↓', label: t('keyMove') },
    { keys: 'Enter', label: t('keyOpen') },
    { keys: 'Space', label: t('keyPanel') },
    { keys: 'Shift+Space', label: t('keySelect') },
    { keys: 'Shift+Click', label: t('keyRange') },
    { keys: 'Ctrl+A', label: t('keyAll') },
  ])
  groups.set(t('keysEdit'), [
    { keys: 'F2', label: t('keyEdit') },
    { keys: 'Enter', label: t('keyDown') },
    { keys: 'Tab', label: t('keyRight') },
    { keys: 'Esc', label: t('keyCancel') },
    { keys: 'Ctrl+Enter', label: t('keySend') },
  ])
  return (
    <Modal open={open} title={t('shortcutSheet')} footer={null} onCancel={onClose} width={640}>
      <div className="sheet-grid">
        {[...groups].map(([group, lines]) => (
          <section key={group}>
            <div className="sec">{group}</div>
            {lines.map((line) => (
              <div key={line.keys + line.label} className="row g8 sheet-line">
                <span className="grow">{line.label}</span>
                <Keys keys={line.keys} />
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
