import { EditOutlined, EnvironmentOutlined, PhoneOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Person } from '../../components/Avatar.tsx'
import { Composer } from '../../components/Composer.tsx'
import type { EditorKind, FieldValue } from '../../components/FieldEditor.tsx'
import { FieldGroup, InlineField } from '../../components/InlineField.tsx'
import { Timeline } from '../../components/Timeline.tsx'
import { InstantText, Money, PhoneText } from '../../components/values.tsx'
import { nowMs } from '../../kernel/clock.ts'
import { sample as s } from './text.ts'

const at = (hoursAgo: number) => new Date(nowMs() - hoursAgo * 3_600_000).toISOString()

export function KitFields() {
  const [values, setValues] = useState<Record<string, FieldValue>>({
    industry: s.industryValue,
    level: 'A',
    owner: s.people[0],
    phone: '+8613805126621',
    amount: 300_000_000,
    next: at(-24),
    note: s.noteValue,
    source: null,
  })
  const line = (key: string, label: string, kind: EditorKind, shown?: React.ReactNode, options?: readonly string[]) => ({
    key,
    label,
    isEmpty: values[key] === null,
    field: (
      <InlineField
        label={label}
        kind={kind}
        value={values[key] ?? null}
        {...(options && { options: options.map((value) => ({ value, label: value })) })}
        onSave={async (value) => (setValues((old) => ({ ...old, [key]: value })), null)}
      >
        {shown}
      </InlineField>
    ),
  })
  const text = (key: string) => String(values[key] ?? '')
  return (
    <FieldGroup
      title={s.fields}
      lines={[
        line('industry', s.industry, 'text'),
        line('level', s.level, 'select', undefined, ['A', 'B', 'C']),
        line('owner', s.owner, 'select', <Person name={text('owner')} />, s.people),
        line('phone', s.phone, 'phone', <PhoneText phone={text('phone')} />),
        line('amount', s.amount, 'money', <Money fen={Number(values['amount'])} />),
        line('next', s.next, 'instant', <InstantText at={text('next')} />),
        line('note', s.note, 'longText'),
        line('source', s.source, 'text'),
      ]}
    />
  )
}

export function KitTimeline() {
  return (
    <>
      <Composer
        draftKey="kit"
        kinds={[
          { value: 'call', label: s.call, icon: <PhoneOutlined /> },
          { value: 'visit', label: s.visit, icon: <EnvironmentOutlined /> },
        ]}
        onSend={async () => true}
      />
      <Timeline
        events={[
          { key: '1', at: at(1), icon: <PhoneOutlined />, tone: 'brand', who: s.people[0], what: s.call, said: s.said },
          { key: '2', at: at(2), icon: <EditOutlined />, tone: 'info', who: s.people[0], what: s.changed },
          { key: '3', at: at(40), icon: <EnvironmentOutlined />, tone: 'brand', who: s.people[1], what: s.visit },
        ]}
      />
    </>
  )
}
