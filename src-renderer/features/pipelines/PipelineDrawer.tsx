import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation } from '@tanstack/react-query'
import { Button, Drawer, Form, Input, InputNumber, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import {
  ASKABLE,
  HANGING_ASKABLE,
  type AskableField,
  type Pipeline,
  type Stage,
  type StageId,
} from '../../../src-shared/features/pipelines/model.ts'
import { KEEPS_FOCUS } from '../../components/drawer.ts'
import { IconButton } from '../../components/page.tsx'
import { Sortable } from '../../components/Sortable.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { formatNumber } from '../../kernel/format.ts'
import { newId } from '../../kernel/ids.ts'
import { useIsPhone } from '../../kernel/screen.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { type PipelineWord, text } from './text.ts'

type Line = {
  key: string
  id?: StageId
  kind: Stage['kind']
  name: string
  probability: number
  rotDays: number | null
  required: AskableField[]
}
type Draft = { name: string; open: Line[]; ends: Line[] }

const lineOf = ({ id, kind, name, probability, rotDays, required }: Stage): Line => ({
  key: id,
  id,
  kind,
  name,
  probability,
  rotDays,
  required,
})
const fresh = (kind: Stage['kind'], name: string, probability: number): Line => ({
  key: newId(),
  kind,
  name,
  probability,
  rotDays: null,
  required: [],
})

function draftOf(t: Translate<PipelineWord>, pipeline: Pipeline | null): Draft {
  if (!pipeline)
    return { name: '', open: [fresh('open', t('first'), 10)], ends: [fresh('won', t('won'), 100), fresh('lost', t('lost'), 0)] }
  const lines = pipeline.stages.filter(({ archived }) => !archived).map(lineOf)
  return {
    name: pipeline.name,
    open: lines.filter(({ kind }) => kind === 'open'),
    ends: lines.filter(({ kind }) => kind !== 'open'),
  }
}

/** A pipeline as a whole: its stages in order, what each asks for, and where opportunities of a stage that goes are moved to. */
export function PipelineDrawer({ pipeline, onClose }: { pipeline: Pipeline | null; onClose: () => void }) {
  const t = useText(text)
  const isPhone = useIsPhone()
  const [draft, setDraft] = useState(() => draftOf(t, pipeline))
  const [moves, setMoves] = useState<Readonly<Record<string, string>>>({})
  const { save, error, isPending } = useSaving(pipeline, onClose)
  const going = (pipeline?.stages ?? []).filter(
    ({ id, archived, used }) => !archived && used > 0 && ![...draft.open, ...draft.ends].some((line) => line.id === id),
  )
  const targets = draft.open.flatMap(({ id, name }) => (id ? [{ value: id as string, label: name }] : []))
  const isReady =
    draft.name.trim() !== '' &&
    [...draft.open, ...draft.ends].every(({ name }) => name.trim() !== '') &&
    draft.open.length > 0 &&
    going.every(({ id }) => targets.some(({ value }) => value === moves[id]))
  const send = () => {
    const stages = [...draft.open, ...draft.ends].map(({ key: _key, kind: _kind, ...line }) => line)
    save(
      { name: draft.name, stages },
      going.map(({ id }) => ({ from: id, to: moves[id] as StageId })),
    )
  }
  return (
    <Drawer
      open
      {...KEEPS_FOCUS}
      size={isPhone ? '100%' : 720}
      title={t(pipeline ? 'editPipeline' : 'newPipeline')}
      onClose={onClose}
      footer={
        <div className="row g8">
          <span className="grow" />
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="primary" loading={isPending} disabled={!isReady} onClick={send}>
            {t('save')}
          </Button>
        </div>
      }
    >
      <Form layout="vertical">
        {error && (
          <div className="field-error gap-below" role="alert">
            {failureText(error, 'pipelines')}
          </div>
        )}
        <Form.Item label={t('name')} required>
          <Input
            autoFocus
            maxLength={40}
            aria-label={t('name')}
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Form.Item>
        <Stages draft={draft} onDraft={setDraft} />
        {going.map(({ id, name, used }) => (
          <Form.Item key={id} label={t('moveUsed', { name, n: formatNumber(used) })} className="gap-above">
            <Select
              aria-label={t('moveUsed', { name, n: formatNumber(used) })}
              value={moves[id] ?? null}
              options={targets}
              onChange={(to: string) => setMoves({ ...moves, [id]: to })}
            />
          </Form.Item>
        ))}
      </Form>
    </Drawer>
  )
}

function Stages({ draft, onDraft }: { draft: Draft; onDraft: (draft: Draft) => void }) {
  const t = useText(text)
  const change = (key: string, more: Partial<Line>) => {
    const changed = (lines: Line[]) => lines.map((line) => (line.key === key ? { ...line, ...more } : line))
    onDraft({ ...draft, open: changed(draft.open), ends: changed(draft.ends) })
  }
  return (
    <>
      <div className="b gap-below">{t('stages')}</div>
      <Sortable items={draft.open} idOf={({ key }) => key} onMove={(open) => onDraft({ ...draft, open })}>
        {(line, handle) => (
          <StageLine line={line} handle={handle} isFirst={line.key === draft.open[0]?.key} onChange={change}>
            {draft.open.length > 1 && (
              <IconButton
                small
                icon={<CloseOutlined />}
                title={t('removeStage')}
                onClick={() => onDraft({ ...draft, open: draft.open.filter(({ key }) => key !== line.key) })}
              />
            )}
          </StageLine>
        )}
      </Sortable>
      <Button
        size="small"
        icon={<PlusOutlined />}
        className="gap-below"
        onClick={() => onDraft({ ...draft, open: [...draft.open, fresh('open', '', 50)] })}
      >
        {t('addStage')}
      </Button>
      {draft.ends.map((line) => (
        <StageLine key={line.key} line={line} onChange={change} />
      ))}
    </>
  )
}

const isHanging = (key: AskableField): boolean => (HANGING_ASKABLE as readonly string[]).includes(key)

type StageLineProps = {
  line: Line
  handle?: ReactNode
  /** Where new ones begin: nothing hangs on those yet. */
  isFirst?: boolean
  onChange: (key: string, more: Partial<Line>) => void
  children?: ReactNode
}

function StageLine({ line, handle, isFirst = false, onChange, children }: StageLineProps) {
  const t = useText(text)
  const isOpen = line.kind === 'open'
  const set = (more: Partial<Line>) => onChange(line.key, more)
  return (
    <div className="pl-stage">
      <span className="pl-handle">{handle}</span>
      <Input
        aria-label={t('stageName')}
        placeholder={t('stageName')}
        maxLength={40}
        value={line.name}
        onChange={(event) => set({ name: event.target.value })}
      />
      <InputNumber
        aria-label={t('probability')}
        min={0}
        max={100}
        precision={0}
        suffix="%"
        disabled={!isOpen}
        value={line.probability}
        onChange={(next) => set({ probability: next ?? 0 })}
      />
      {isOpen ? (
        <InputNumber
          aria-label={t('rotDays')}
          title={t('rotDays')}
          min={1}
          max={3650}
          precision={0}
          placeholder={t('rotDays')}
          value={line.rotDays}
          onChange={(next) => set({ rotDays: next })}
        />
      ) : (
        <span className="t3 s12">{t('end')}</span>
      )}
      <Select<AskableField[]>
        mode="multiple"
        aria-label={t('required')}
        placeholder={t('required')}
        maxTagCount={1}
        value={line.required}
        onChange={(required) => set({ required })}
        options={ASKABLE.filter((key) => !isFirst || !isHanging(key)).map((key) => ({
          value: key,
          label: fieldWord('opportunities', key),
        }))}
      />
      <span className="pl-end">{children}</span>
    </div>
  )
}

type Values = { name: string; stages: Omit<Line, 'key' | 'kind'>[] }
function useSaving(pipeline: Pipeline | null, onClose: () => void) {
  const t = useText(text)
  const api = useApi()
  const undo = useUndo()
  const onSuccess = ({ id, name }: Pipeline) => {
    undo.say(t('saved', { name }), { recordId: id })
    onClose()
  }
  const create = useMutation(api.pipelines.create.mutationOptions({ onSuccess, meta: { shown: true } }))
  const edit = useMutation(api.pipelines.edit.mutationOptions({ onSuccess, meta: { shown: true } }))
  return {
    save: (values: Values, moveTo: { from: StageId; to: StageId }[]) => {
      if (pipeline) edit.mutate({ id: pipeline.id, version: pipeline.version, values, moveTo })
      else create.mutate(values)
    },
    error: create.error ?? edit.error,
    isPending: create.isPending || edit.isPending,
  }
}
