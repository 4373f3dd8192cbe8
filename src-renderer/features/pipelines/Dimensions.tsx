import { CloseOutlined, PlusOutlined } from '@ant-design/icons'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Input, InputNumber } from 'antd'
import { useState } from 'react'
import { type Dimension, type DimensionLine, MOST_DIMENSIONS, MOST_LEVELS } from '../../../src-shared/features/pipelines/model.ts'
import { IconButton } from '../../components/page.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Sortable } from '../../components/Sortable.tsx'
import { useApi } from '../../kernel/context.tsx'
import { failureText } from '../../kernel/errors.ts'
import { newId } from '../../kernel/ids.ts'
import { useText } from '../../kernel/text.ts'
import { useUndo } from '../../kernel/undoCommand.ts'
import { text } from './text.ts'

/** 评估维度: what opportunities are judged by, how much each counts, and what its levels are worth. */
export function Dimensions() {
  const t = useText(text)
  const dimensions = useQuery(useApi().pipelines.dimensions.queryOptions({ input: {}, meta: { shown: true } }))
  return (
    <Section title={t('dimensions')} note={t('dimensionsNote')}>
      <Loaded query={dimensions} feature="pipelines" rows={6}>
        {(rows) => <Editor key={JSON.stringify(rows)} rows={rows} />}
      </Loaded>
    </Section>
  )
}

type Level = { key: string; id?: Dimension['levels'][number]['id']; name: string; points: number | null }
type Line = { key: string; id?: Dimension['id']; name: string; weight: number | null; levels: Level[] }

const begun = (rows: readonly Dimension[]): Line[] =>
  rows
    .filter(({ archived }) => !archived)
    .map(({ id, name, weight, levels }) => ({
      key: id,
      id,
      name,
      weight,
      levels: levels.filter(({ archived }) => !archived).map((level) => ({ key: level.id, ...pick(level) })),
    }))
const pick = ({ id, name, points }: Dimension['levels'][number]) => ({ id, name, points })
const fresh = (): Line => ({
  key: newId(),
  name: '',
  weight: 10,
  levels: [100, 50, 0].map((points) => ({ key: newId(), name: '', points })),
})
const isSound = ({ name, weight, levels }: Line): boolean =>
  name.trim() !== '' &&
  weight !== null &&
  levels.length >= 2 &&
  levels.every((one) => one.name.trim() !== '' && one.points !== null)
const sent = ({ id, name, weight, levels }: Line): DimensionLine => ({
  ...(id && { id }),
  name,
  weight: weight ?? 1,
  levels: levels.map((one) => ({ ...(one.id && { id: one.id }), name: one.name, points: one.points ?? 0 })),
})

function Editor({ rows }: { rows: readonly Dimension[] }) {
  const t = useText(text)
  const undo = useUndo()
  const [stored] = useState(() => begun(rows))
  const [lines, setLines] = useState(stored)
  const save = useMutation(
    useApi().pipelines.saveDimensions.mutationOptions({
      meta: { shown: true },
      onSuccess: () => undo.say(t('savedDimensions'), { procedure: 'pipelines.saveDimensions' }),
    }),
  )
  const isDirty = JSON.stringify(lines) !== JSON.stringify(stored)
  const whole = lines.reduce((sum, { weight }) => sum + (weight ?? 0), 0)
  const change = (key: string, values: Partial<Line>) =>
    setLines(lines.map((line) => (line.key === key ? { ...line, ...values } : line)))
  return (
    <div className="pl-dimensions">
      <Sortable items={lines} idOf={({ key }) => key} onMove={setLines}>
        {(line, handle) => (
          <DimensionEditor
            line={line}
            handle={handle}
            share={whole === 0 ? 0 : Math.round(((line.weight ?? 0) * 100) / whole)}
            onChange={(values) => change(line.key, values)}
            onRemove={() => setLines(lines.filter(({ key }) => key !== line.key))}
          />
        )}
      </Sortable>
      {save.error && (
        <div className="field-error" role="alert">
          {failureText(save.error, 'pipelines')}
        </div>
      )}
      <div className="row g8 gap-above">
        {lines.length < MOST_DIMENSIONS && (
          <Button size="small" icon={<PlusOutlined />} onClick={() => setLines([...lines, fresh()])}>
            {t('addDimension')}
          </Button>
        )}
        <span className="grow" />
        {isDirty && (
          <>
            <Button size="small" onClick={() => setLines(stored)}>
              {t('cancel')}
            </Button>
            <Button
              size="small"
              type="primary"
              disabled={!lines.every(isSound)}
              loading={save.isPending}
              onClick={() => save.mutate({ dimensions: lines.map(sent) })}
            >
              {t('save')}
            </Button>
          </>
        )}
      </div>
    </div>
  )
}

type EditorProps = {
  line: Line
  handle: React.ReactNode
  share: number
  onChange: (values: Partial<Line>) => void
  onRemove: () => void
}
function DimensionEditor({ line: { name, weight, levels }, handle, share, onChange, onRemove }: EditorProps) {
  const t = useText(text)
  const set = (key: string, values: Partial<Level>) =>
    onChange({ levels: levels.map((level) => (level.key === key ? { ...level, ...values } : level)) })
  return (
    <div className="pl-dimension">
      <div className="row g8">
        {handle}
        <Input
          className="grow"
          aria-label={t('dimensionName')}
          placeholder={t('dimensionName')}
          maxLength={40}
          value={name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
        <InputNumber
          aria-label={t('weight')}
          prefix={t('weight')}
          suffix={<span className="t3 s12 num">{t('share', { n: share })}</span>}
          controls={false}
          precision={0}
          min={1}
          max={100}
          value={weight}
          onChange={(next) => onChange({ weight: next })}
        />
        <IconButton small icon={<CloseOutlined />} title={t('removeDimension')} onClick={onRemove} />
      </div>
      <div className="pl-levels">
        {levels.map((level) => (
          <div key={level.key} className="row pl-level">
            <Input
              size="small"
              className="grow"
              aria-label={t('levelName')}
              placeholder={t('levelName')}
              maxLength={40}
              value={level.name}
              onChange={(event) => set(level.key, { name: event.target.value })}
            />
            <InputNumber
              size="small"
              aria-label={t('levelPoints')}
              suffix={t('pointsUnit')}
              controls={false}
              precision={0}
              min={0}
              max={100}
              value={level.points}
              onChange={(points) => set(level.key, { points })}
            />
            {levels.length > 2 && (
              <IconButton
                small
                icon={<CloseOutlined className="tiny" />}
                title={t('removeLevel')}
                onClick={() => onChange({ levels: levels.filter(({ key }) => key !== level.key) })}
              />
            )}
          </div>
        ))}
        {levels.length < MOST_LEVELS && (
          <Button
            size="small"
            type="text"
            icon={<PlusOutlined />}
            onClick={() => onChange({ levels: [...levels, { key: newId(), name: '', points: null }] })}
          >
            {t('addLevel')}
          </Button>
        )}
      </div>
    </div>
  )
}
