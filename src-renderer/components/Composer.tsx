import './record.css'
import { CloseOutlined, LockOutlined, PaperClipOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import { type ReactNode, type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react'
import { useMe } from '../kernel/context.tsx'
import { readDraft, writeDraft } from '../kernel/drafts.ts'
import { useIsPhone } from '../kernel/screen.ts'
import { useText } from '../kernel/text.ts'
import { type Colleague, Words } from './ComposerWords.tsx'
import { Kbd } from './marks.tsx'
import { NextDate } from './NextDate.tsx'
import { IconButton } from './page.tsx'
import { text } from './text.ts'

export type ComposerKind<Kind extends string> = { value: Kind; label: string; icon: ReactNode }
export type Draft<Kind extends string> = {
  kind: Kind
  text: string
  about: string | null
  nextAt: string | null
  internal: boolean
  /** Colleagues named in the words. */
  mentions: readonly string[]
}
/** Files that go with the words: sent on their own, here only shown and counted. */
export type ComposerFiles = {
  readonly add: (files: readonly File[]) => void
  readonly chips: ReactNode
  readonly isBusy: boolean
  /** One did not arrive; it says why. */
  readonly hasFailed: boolean
  readonly count: number
}

type ComposerProps<Kind extends string> = {
  kinds: readonly ComposerKind<Kind>[]
  /** Whom it was with: the contacts of this record only. */
  people?: readonly { value: string; label: string }[]
  peopleLabel?: string
  /** Who can be named with @. */
  colleagues?: readonly Colleague[]
  /** Whoever does not see the record can be let in from here; absent where one may not. */
  onInvite?: (colleague: Colleague) => void
  files?: ComposerFiles
  /** Further fields of what is being written. */
  fields?: (record: { kind: Kind }) => ReactNode
  /** Words may be marked as being among colleagues. */
  hasInternal?: boolean
  /** What was begun and not sent is kept under this name until it is. */
  draftKey: string
  input?: RefObject<HTMLTextAreaElement | null>
  /** Somebody begins to write: what is only needed then is loaded now. */
  onAwake?: () => void
  /** True when it was taken. */
  onSend: (draft: Draft<Kind>) => Promise<boolean>
}

function useDraft<Kind extends string>({ kinds, draftKey, colleagues = [], files, onSend }: ComposerProps<Kind>) {
  const { userId } = useMe()
  const isPhone = useIsPhone()
  const [kind, setKind] = useState<Kind>(kinds[0]?.value as Kind)
  const [words, setWords] = useState(() => readDraft(userId, draftKey))
  const [about, setAbout] = useState<string | null>(null)
  const [nextAt, setNextAt] = useState<string | null>(null)
  const [internal, setInternal] = useState(false)
  const [named, setNamed] = useState<readonly string[]>([])
  const [sending, setSending] = useState(false)
  // On a phone it is one line until somebody writes, or it would cover what there is to read.
  const [isAwake, setAwake] = useState(false)
  const write = (value: string) => {
    setWords(value)
    writeDraft(userId, draftKey, value)
  }
  // Who was chosen and is still in the words; one whose name was taken out again is not told.
  const mentions = colleagues.filter(({ id, name }) => named.includes(id) && words.includes(`@${name}`))
  const isEmpty = words.trim() === '' && !files?.count
  // Sent before the last picture had arrived: it goes when they all have, and stays when one has not.
  const [isWaiting, setWaiting] = useState(false)
  const isUploading = files?.isBusy === true
  const blocked = (isEmpty && !isUploading) || sending
  const send = async () => {
    if (blocked) return
    setWaiting(isUploading)
    if (isUploading) return
    setSending(true)
    const taken = await onSend({ kind, text: words.trim(), about, nextAt, internal, mentions: mentions.map(({ id }) => id) })
    setSending(false)
    if (!taken) return
    write('')
    setNextAt(null)
    setAbout(null)
    setInternal(false)
    setNamed([])
    setAwake(false)
  }
  const goOn = useEffectEvent(() => {
    setWaiting(false)
    if (!files?.hasFailed) void send()
  })
  useEffect(() => {
    if (isWaiting && !isUploading) goOn()
  }, [isWaiting, isUploading])
  return {
    kind,
    setKind,
    words,
    write,
    about,
    setAbout,
    nextAt,
    setNextAt,
    internal,
    setInternal,
    sending: sending || isWaiting,
    send,
    blocked,
    mentions,
    name: (id: string) => setNamed((old) => [...new Set([...old, id])]),
    wake: () => setAwake(true),
    close: () => setAwake(false),
    // What was begun waits on a phone until it is asked for: it would lie over the page.
    isAwake: isAwake || (!isEmpty && !isPhone),
  }
}

/** Kind, words, whom with, files, colleagues and the next date in one box; Ctrl+Enter sends. */
export function Composer<Kind extends string>(props: ComposerProps<Kind>) {
  const { files, colleagues = [], onInvite } = props
  const t = useText(text)
  const draft = useDraft(props)
  const [over, setOver] = useState(false)
  const take = (list: FileList): boolean => {
    if (!files || list.length === 0) return false
    files.add([...list])
    draft.wake()
    return true
  }
  return (
    <div
      className={`composer${draft.isAwake ? ' awake' : ''}${draft.internal ? ' internal' : ''}${over ? ' over' : ''}`}
      onPaste={(event) => {
        if (take(event.clipboardData.files)) event.preventDefault()
      }}
      onDragOver={(event) => {
        if (!files || !event.dataTransfer.types.includes('Files')) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        setOver(false)
        if (take(event.dataTransfer.files)) event.preventDefault()
      }}
    >
      <Kinds
        {...props}
        kind={draft.kind}
        onKind={draft.setKind}
        about={draft.about}
        onAbout={draft.setAbout}
        onClose={draft.close}
      />
      <Words
        value={draft.words}
        colleagues={colleagues}
        {...(props.input && { input: props.input })}
        placeholder={t(files ? 'composerPlaceholder' : 'composerPlain')}
        onFocus={() => {
          draft.wake()
          props.onAwake?.()
        }}
        onChange={draft.write}
        onName={draft.name}
        onSend={() => void draft.send()}
      />
      <Blind colleagues={draft.mentions.filter(({ sees }) => !sees)} {...(onInvite && { onInvite })} />
      {files?.chips}
      {draft.isAwake && props.fields?.({ kind: draft.kind })}
      <Foot draft={draft} hasInternal={props.hasInternal === true} {...(files && { onFiles: take })} />
    </div>
  )
}

type FootProps = {
  draft: Pick<ReturnType<typeof useDraft>, 'nextAt' | 'setNextAt' | 'internal' | 'setInternal' | 'sending' | 'blocked' | 'send'>
  hasInternal: boolean
  onFiles?: (files: FileList) => boolean
}

/** The next date, files, whom the words are for, and off they go. */
function Foot({ draft, hasInternal, onFiles }: FootProps) {
  const t = useText(text)
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <div className="composer-foot">
      <NextDate value={draft.nextAt} onChange={draft.setNextAt} />
      {onFiles && (
        <>
          <IconButton small icon={<PaperClipOutlined />} title={t('attach')} onClick={() => chooser.current?.click()} />
          <input
            ref={chooser}
            type="file"
            multiple
            hidden
            onChange={(event) => {
              if (event.target.files) onFiles(event.target.files)
              event.target.value = ''
            }}
          />
        </>
      )}
      {hasInternal && (
        <button
          type="button"
          className={`fbtn small${draft.internal ? ' on' : ' flat'}`}
          aria-pressed={draft.internal}
          title={t('internalHint')}
          onClick={() => draft.setInternal(!draft.internal)}
        >
          <LockOutlined />
          <span className="kind-word">{t('internal')}</span>
        </button>
      )}
      <span className="composer-send">
        <Kbd>Ctrl Enter</Kbd>
        <Button type="primary" size="small" loading={draft.sending} disabled={draft.blocked} onClick={() => void draft.send()}>
          {t('publish')}
        </Button>
      </span>
    </div>
  )
}

/** Named, and does not see the record: said before it is sent, with the way to let him in. */
function Blind({ colleagues, onInvite }: { colleagues: readonly Colleague[]; onInvite?: (colleague: Colleague) => void }) {
  const t = useText(text)
  return colleagues.map((colleague) => (
    <div key={colleague.id} className="composer-note row g8" role="status">
      <span>{t('cannotSee', { name: colleague.name })}</span>
      {onInvite && (
        <button type="button" className="bare tbrand" onClick={() => onInvite(colleague)}>
          {t('invite')}
        </button>
      )}
    </div>
  ))
}

type KindsProps<Kind extends string> = Pick<ComposerProps<Kind>, 'kinds' | 'people' | 'peopleLabel'> & {
  kind: Kind
  onKind: (kind: Kind) => void
  about: string | null
  onAbout: (about: string | null) => void
  onClose: () => void
}

/** What it was, and whom with. */
function Kinds<Kind extends string>({ kinds, kind, onKind, people, peopleLabel, about, onAbout, onClose }: KindsProps<Kind>) {
  const t = useText(text)
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
          className="composer-about"
        />
      )}
      <span className="phone-only">
        <IconButton small icon={<CloseOutlined />} title={t('close')} onClick={onClose} />
      </span>
    </div>
  )
}
