import { TeamOutlined } from '@ant-design/icons'
import { Select } from 'antd'
import { Picker } from '../../components/Picker.tsx'
import { useText } from '../../kernel/text.ts'
import { text } from './text.ts'
import type { Chosen, Workbench } from './useWorkbench.ts'

type Who = NonNullable<Chosen['who']>

/** Whose work is counted: as far as the rights reach, or people one names. */
export function Whose({ bench }: { bench: Workbench }) {
  const t = useText(text)
  const { scopes, people, known, at, choose, chosen } = bench
  const isChoosing = chosen.who === 'chosen'
  const options = [
    ...scopes.map(({ key }) => ({ value: key as Who, label: t(`who_${key}`) })),
    ...(people.length > 1 ? [{ value: 'chosen' as const, label: t('who_chosen') }] : []),
  ]
  if (options.length < 2) return null
  return (
    <>
      <Select<Who>
        aria-label={t('who')}
        prefix={<TeamOutlined />}
        value={isChoosing ? 'chosen' : (at ?? 'own')}
        onChange={(who) => choose({ who })}
        options={options}
        popupMatchSelectWidth={false}
      />
      {isChoosing && (
        <Picker<string[]>
          mode="multiple"
          className="wb-people"
          aria-label={t('choosePeople')}
          placeholder={t('choosePeople')}
          maxTagCount={1}
          maxCount={100}
          value={known}
          onChange={(next) => choose({ people: next })}
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
    </>
  )
}
