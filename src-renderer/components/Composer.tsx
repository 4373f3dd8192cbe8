import { ClockCircleOutlined, CloseOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Input, Select } from 'antd'
import dayjs from 'dayjs'
import { type ReactNode, type RefObject, useState } from 'react'
import { useApi, useClock, useMe } from '../kernel/context.tsx'
import { readDraft, writeDraft } from '../kernel/drafts.ts'
import { instantOfWall, partsIn, wallAt, wallOf } from '../kernel/format.ts'
import { useText } from '../kernel/text.ts'
import { Kbd } from './marks.tsx'
import { quickDates, startOf } from './nextDates.ts'
import { text } from './text.ts'
import { dayText } from './values.tsx'

export type ComposerKind<Kind extends string> = { value: Kind; label: string; icon: ReactNode }
export type Draft<Kind extends string> = { kind: Kind; text: string; about: string | null; nextAt: string | null }

type ComposerProps<Kind extends string> = {
  kinds: readonly ComposerKind<Kind>[]
  /** Whom it was with: the contacts of this record only. */
  people?: readonly { value: string; label: string }[]
  peopleLabel?: string
  /** What was begun and not sent is kept under this name until it is. */
  draftKey: string
  input?: RefObject<HTMLTextAreaElement | null>
  /** True when it was taken. */
  onSend: (draft: Draft<Kind>) => Promise<boolean>
}

/** Kind, words, whom with and the next date in one box; Ctrl+Enter sends. */
export function Composer<Kind extends string>({ kinds, people, peopleLabel, draftKey, input, onSend }: ComposerProps<Kind>) {
  const t = useText(text)
  const { userId } = useMe()
  const [kind, setKind] = useState<Kind>(kinds[0]?.value as Kind)
  const [words, setWords] = useState(() => readDraft(userId, draftKey))
  const [about, setAbout] = useState<string | null>(null)
  const [nextAt, setNextAt] = useState<string | null>(null)
  const [sending, setSending] = useState(false)
  // On a phone it is one line until somebody writes, or it would cover what there is to read.
  const [isAwake, setAwake] = useState(false)
  const write = (value: string) => {
    setWords(value)
    writeDraft(userId, draftKey, value)
  }
  const send = async () => {
    if (!words.trim() || sending) return
    setSending(true)
    const taken = await onSend({ kind, text: words.trim(), about, nextAt })
    setSending(false)
    if (!taken) return
    write('')
    setNextAt(null)
    setAbout(null)
    setAwake(false)
  }
  return (
    <div className={`composer${isAwake || words !== '' ? ' awake' : ''}`}>
      <Kinds
        kinds={kinds}
        kind={kind}
        onKind={setKind}
        {...(people && { people })}
        {...(peopleLabel && { peopleLabel })}
        about={about}
        onAbout={setAbout}
      />
      <Input.TextArea
        ref={(area) => {
          if (input) input.current = area?.resizableTextArea?.textArea ?? null
        }}
        variant="borderless"
        rows={2}
        placeholder={t('composerPlaceholder')}
        value={words}
        maxLength={20_000}
        onFocus={() => setAwake(true)}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.preventDefault()
          void send()
        }}
      />
      <div className="composer-foot">
        <NextDate value={nextAt} onChange={setNextAt} />
        <span className="grow" />
        <Kbd>Ctrl Enter</Kbd>
        <Button type="primary" size="small" loading={sending} disabled={!words.trim()} onClick={() => void send()}>
          {t('publish')}
        </Button>
      </div>
    </div>
  )
}

type KindsProps<Kind extends string> = Pick<ComposerProps<Kind>, 'kinds' | 'people' | 'peopleLabel'> & {
  kind: Kind
  onKind: (kind: Kind) => void
  about: string | null
  onAbout: (about: string | null) => void
}

/** What it was, and whom with. */
function Kinds<Kind extends string>({ kinds, kind, onKind, people, peopleLabel, about, onAbout }: KindsProps<Kind>) {
  return (
    <div className="composer-kinds">
      {kinds.map((one) => (
        <button
          type="button"
          key={one.value}
          className={`fbtn small${one.value === kind ? ' on' : ' flat'}`}
          aria-pressed={one.value === kind}
          title={one.label}
          onClick={() => onKind(one.value)}
        >
          {one.icon}
          <span className="kind-word">{one.label}</span>
        </button>
      ))}
      <span className="grow" />
      {people && people.length > 0 && (
        <Select
          size="small"
          allowClear
          placeholder={peopleLabel}
          aria-label={peopleLabel}
          value={about}
          onChange={(value: string | undefined) => onAbout(value ?? null)}
          options={[...people]}
          popupMatchSelectWidth={false}
          style={{ minWidth: 96 }}
        />
      )}
    </div>
  )
}

function NextDate({ value, onChange }: { value: string | null; onChange: (value: string | null) => void }) {
  const t = useText(text)
  const clock = useClock()
  const [open, setOpen] = useState(false)
  const { zone, nowMs } = clock
  const calendar = useQuery(
    useApi().calendar.get.queryOptions({ input: {}, enabled: open, staleTime: 300_000, meta: { shown: true } }),
  ).data
  const today = wallAt(nowMs, zone).slice(0, 10)
  const tomorrow = dayjs(wallAt(nowMs + 86_400_000, zone))
  const at = value ? partsIn(value, zone) : null
  return (
    <span className="next-date">
      <button type="button" className={`fbtn small ${value ? 'on' : 'dash'}`} onClick={() => setOpen(true)}>
        <ClockCircleOutlined />
        {t('nextFollowUp')}
        {value && at && ` ${dayText(t, value, clock)} ${at.hour}:${at.minute}`}
        {value && (
          <CloseOutlined
            aria-label={t('removeNext')}
            onClick={(event) => {
              event.stopPropagation()
              onChange(null)
            }}
          />
        )}
      </button>
      <DatePicker
        className="next-date-picker"
        open={open}
        onOpenChange={setOpen}
        showTime={{ format: 'HH:mm', minuteStep: 5, defaultOpenValue: dayjs(`${today}T${startOf(calendar, today)}`) }}
        showNow={false}
        placement="bottomLeft"
        presets={quickDates(calendar, today).map(({ word, wall }) => ({ label: t(word), value: dayjs(wall) }))}
        format="YYYY-MM-DD HH:mm"
        minDate={dayjs(wallAt(nowMs, zone))}
        value={value ? dayjs(wallOf(value, zone)) : null}
        defaultPickerValue={tomorrow}
        onChange={(next) => onChange(next ? instantOfWall(next.format('YYYY-MM-DDTHH:mm'), zone) : null)}
        aria-label={t('nextFollowUp')}
      />
    </span>
  )
}
