import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { Button, Dropdown, Input } from 'antd'
import { CHOICE_TONES } from '../../../src-shared/kernel/custom/model.ts'
import type { Tone } from '../../components/marks.tsx'
import { IconButton } from '../../components/page.tsx'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { Sortable } from '../../components/Sortable.tsx'
import { text } from './text.ts'

/** An option while it is written: `at` keeps its place in the list, `value` says that it is there already. */
export type Choice = { at: string; value?: string; label: string; tone: Tone }
type ChoiceLinesProps = {
  choices: readonly Choice[]
  onChange: (choices: Choice[]) => void
  /** On how many records each stands, by its value. */
  used?: ReadonlyMap<string, number> | undefined
  /** An option that is in use is not simply left out: what becomes of it is asked. */
  onTakeAway: (choice: Choice) => void
}

let made = 0
export const newChoice = (label = ''): Choice => ({
  at: `new-${++made}`,
  label,
  tone: CHOICE_TONES[made % CHOICE_TONES.length] ?? 'ink',
})

/** The options of a field: words and colours, in an order that is dragged. */
export function ChoiceLines({ choices, onChange, used, onTakeAway }: ChoiceLinesProps) {
  const t = useText(text)
  const change = (at: string, next: Partial<Choice>) =>
    onChange(choices.map((one) => (one.at === at ? { ...one, ...next } : one)))
  return (
    <div className="col g6">
      <span className="t3 s12">{t('choices')}</span>
      <Sortable items={choices} idOf={({ at }) => at} onMove={onChange}>
        {(choice, handle) => (
          <span className="row g6 choice-line">
            {handle}
            <ToneDot tone={choice.tone} onChange={(tone) => change(choice.at, { tone })} />
            <Input
              size="small"
              maxLength={100}
              aria-label={t('choices')}
              value={choice.label}
              onChange={(event) => change(choice.at, { label: event.target.value })}
            />
            <span className="t3 s12 num choice-used">
              {choice.value !== undefined && (used?.get(choice.value) ?? 0) > 0 && used?.get(choice.value)}
            </span>
            <IconButton small icon={<DeleteOutlined />} title={t('takeAway')} onClick={() => onTakeAway(choice)} />
          </span>
        )}
      </Sortable>
      <Button size="small" icon={<PlusOutlined />} onClick={() => onChange([...choices, newChoice()])}>
        {t('newChoice')}
      </Button>
    </div>
  )
}

function ToneDot({ tone, onChange }: { tone: Tone; onChange: (tone: Tone) => void }) {
  const t = useText(text)
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        selectable: true,
        selectedKeys: [tone],
        items: CHOICE_TONES.map((one) => ({
          key: one,
          label: (
            <span className="row g6">
              <i className={`tone-dot ${one}`} />
              {optionWord('tags', 'tone', one)}
            </span>
          ),
        })),
        onClick: ({ key }) => onChange(key as Tone),
      }}
    >
      <button type="button" className="bare tone-button" aria-label={`${t('tone')} ${optionWord('tags', 'tone', tone)}`}>
        <i className={`tone-dot ${tone}`} />
      </button>
    </Dropdown>
  )
}
