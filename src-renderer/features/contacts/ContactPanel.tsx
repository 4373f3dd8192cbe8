import { BankOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import type { Contact } from '../../../src-shared/features/contacts/model.ts'
import { isCustomKey, valueIn } from '../../../src-shared/kernel/entity.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Chip, CopyButton, copyText } from '../../components/marks.tsx'
import { SidePanel } from '../../components/SidePanel.tsx'
import { fieldRightOf, useMe } from '../../kernel/context.tsx'
import { formatPhone } from '../../kernel/format.ts'
import { useShortcut } from '../../kernel/keyboard.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Star } from '../favourites/public.ts'
import { ContactValue, useContactFields } from './columns.tsx'
import { text } from './text.ts'

type ContactPanelProps = {
  row: Contact
  position: { index: number; total: number | undefined } | null
  onStep: (by: number) => void
  onOpen: (row: Contact) => void
  onClose: () => void
}
/** Shown in the head of the panel. */
const IN_HEAD: ReadonlySet<string> = new Set(['name', 'customerId', 'title', 'isPrimary'])
const COPIED: ReadonlySet<string> = new Set(['email', 'wechat'])

/** A contact beside the list, and the way to his customer. */
export function ContactPanel({ row, position, onStep, onOpen, onClose }: ContactPanelProps) {
  const t = useText(text)
  const me = useMe()
  const fields = useContactFields().filter(({ key }) => !IN_HEAD.has(key) && fieldRightOf(me, 'contact', key) !== 'hidden')
  const phone = row.phone ?? row.phone2
  useShortcut(
    'Ctrl+Shift+C',
    { label: t('contacts'), group: t('contacts') },
    () => void copyText(phone && !phone.includes('*') ? `${row.name} ${formatPhone(phone)}` : row.name),
  )
  const filled = fields.filter(({ key }) => {
    const value = valueIn(row, key)
    return value !== null && value !== undefined && value !== ''
  })
  return (
    <SidePanel
      position={position}
      onPrevious={() => onStep(-1)}
      onNext={() => onStep(1)}
      onOpen={() => onOpen(row)}
      onClose={onClose}
    >
      <div className="panel-name">
        <div className="row g12">
          <Avatar name={row.name} size={40} />
          <div className="grow">
            <div className="row g6">
              <div className="b panel-title el" title={row.name}>
                {row.name}
              </div>
              <Star entity="contact" id={row.id} />
            </div>
            <div className="row g6 wrap panel-marks">
              {row.isPrimary && <Chip tone="brand">{t('primary')}</Chip>}
              {row.title && <span className="t2 s12">{row.title}</span>}
            </div>
          </div>
        </div>
        <div className="row g8 gap-above">
          <Button type="primary" icon={<BankOutlined />} onClick={() => onOpen(row)}>
            {t('openCustomer')}
          </Button>
          <span className="t2 el">{row.customerName}</span>
        </div>
      </div>
      <div className="kv contact-kv">
        {filled.map((field) => (
          <Line key={field.key} label={fieldWord('contacts', field.key)}>
            <ContactValue field={field} row={row} />
            {COPIED.has(field.key) && !isCustomKey(field.key) && <CopyButton value={String(valueIn(row, field.key))} />}
          </Line>
        ))}
      </div>
    </SidePanel>
  )
}

const Line = ({ label, children }: { label: string; children: React.ReactNode }) => (
  <>
    <span>{label}</span>
    <span className="row g6">{children}</span>
  </>
)
