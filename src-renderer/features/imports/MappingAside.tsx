import { BulbOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Select } from 'antd'
import { Fragment, useState } from 'react'
import type { ImportColumn, ImportDetail, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { IconButton } from '../../components/page.tsx'
import { useApi } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import { useText } from '../../kernel/text.ts'
import type { ImportSteps } from './useImport.ts'
import { text } from './text.ts'

type AsideProps = { detail: ImportDetail; steps: ImportSteps }
const IDENTITY = ['code', 'core', 'phone', 'email'] as const
const CHOICES: Record<string, readonly string[]> = {
  'customer.level': ['A', 'B', 'C'],
  'customer.status': ['potential', 'active', 'won', 'lost'],
  'customer.kind': ['company', 'person'],
}

/** Right of the columns: what is used where the file says nothing, what counts as the same, words nobody knows yet. */
export function MappingAside({ detail, steps }: AsideProps) {
  const t = useText(text)
  const set = (options: Partial<ImportOptions>) => steps.setOptions.mutate({ id: detail.id, options })
  return (
    <aside className="imp-aside">
      <Unknown detail={detail} set={set} />
      <Defaults detail={detail} set={set} />
      <section className="card imp-card">
        <div className="b">{t('identity')}</div>
        {IDENTITY.map((key) => (
          <Checkbox
            key={key}
            checked={detail.options.identity.includes(key)}
            onChange={(event) =>
              set({
                identity: event.target.checked
                  ? [...detail.options.identity, key]
                  : detail.options.identity.filter((one) => one !== key),
              })
            }
          >
            {t(`id_${key}`)}
          </Checkbox>
        ))}
        <div className="t3 s12">{t('identityHint')}</div>
      </section>
      <Preview detail={detail} />
      <div className="row g8 s12 t2 imp-hint">
        <BulbOutlined className="imp-lamp" />
        <span>{detail.remembered ? t('remembered') : t('willRemember')}</span>
      </div>
    </aside>
  )
}

type Setting = { detail: ImportDetail; set: (options: Partial<ImportOptions>) => void }
const ME = '__me'
const NOBODY = '__nobody'

function Defaults({ detail, set }: Setting) {
  const t = useText(text)
  const api = useApi()
  const colleagues = useQuery(api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }))
  const tags = useQuery(api.tags.list.queryOptions({ input: {}, staleTime: 60_000 }))
  const { defaults } = detail.options
  const change = (next: ImportOptions['defaults']) => set({ defaults: { ...defaults, ...next } })
  const owner = defaults.ownerId === undefined ? ME : (defaults.ownerId ?? NOBODY)
  const pickOwner = (value: string) => {
    if (value === ME) {
      const { ownerId: _mine, ...rest } = defaults
      set({ defaults: rest })
    } else change({ ownerId: value === NOBODY ? null : value })
  }
  return (
    <section className="card imp-card">
      <div className="b">{t('defaults')}</div>
      <label className="row">
        <span className="t3 imp-label">{t('owner')}</span>
        <Select
          size="small"
          className="grow"
          value={owner}
          showSearch={{ optionFilterProp: 'label' }}
          options={[
            { value: ME, label: t('ownerMe') },
            { value: NOBODY, label: t('ownerNobody') },
            ...colleagueChoices((colleagues.data ?? []).filter((one) => !one.left)),
          ]}
          onChange={pickOwner}
        />
      </label>
      <label className="row">
        <span className="t3 imp-label">{t('source')}</span>
        <Input
          size="small"
          className="grow"
          defaultValue={defaults.source ?? ''}
          maxLength={100}
          onBlur={(event) => change({ source: event.target.value.trim() })}
        />
      </label>
      <label className="row">
        <span className="t3 imp-label">{t('tags')}</span>
        <Select
          size="small"
          className="grow"
          mode="tags"
          value={defaults.tags ?? []}
          options={(tags.data ?? []).map(({ name }) => ({ value: name, label: name }))}
          onChange={(names: string[]) => change({ tags: names })}
        />
      </label>
      <div className="t3 s12">{t('defaultsHint')}</div>
    </section>
  )
}

/** Words of choices that found no option: put to one here, for all rows at once. */
function Unknown({ detail, set }: Setting) {
  const t = useText(text)
  const asked = detail.columns.filter(
    (column): column is ImportColumn & { target: NonNullable<ImportColumn['target']> } =>
      column.target !== null && column.note?.code === 'values' && column.note.unknown.length > 0,
  )
  if (asked.length === 0) return null
  const choose = (key: string, word: string, value: string | null) =>
    set({ values: { ...detail.options.values, [key]: { ...detail.options.values[key], [word]: value } } })
  return (
    <section className="card imp-card">
      <div className="b">{t('valuesTitle')}</div>
      {asked.map(({ target, note }) => {
        const key = `${target.entity}.${target.field}`
        const feature = detail.targets.find((one) => one.entity === target.entity)?.feature ?? target.entity
        return (
          <div key={key} className="col g6">
            <span className="t3 s12">{fieldWord(feature, target.field)}</span>
            {note?.unknown.slice(0, 8).map((word) => (
              <label key={word} className="row g8">
                <span className="el lit imp-label">{word}</span>
                <Select
                  size="small"
                  className="grow"
                  placeholder={t('valueEmpty')}
                  value={null}
                  options={[
                    ...(CHOICES[key] ?? []).map((value) => ({ value, label: optionWord(feature, target.field, value) })),
                    { value: '', label: t('valueEmpty') },
                  ]}
                  onChange={(value: string | null) => choose(key, word, value || null)}
                />
              </label>
            ))}
          </div>
        )
      })}
    </section>
  )
}

/** How one row of the file will look, before anything is written. */
function Preview({ detail }: { detail: ImportDetail }) {
  const t = useText(text)
  const [at, setAt] = useState(0)
  const row = detail.preview[Math.min(at, detail.preview.length - 1)]
  if (!row) return null
  const filled = detail.columns.flatMap(({ index, target }) => {
    const value = row.cells[index] ?? ''
    if (!target || value === '') return []
    return [{ index, target, value, feature: detail.targets.find(({ entity }) => entity === target.entity)?.feature ?? '' }]
  })
  const title =
    filled.find(({ target }) => target.field === 'name' && target.entity === detail.entity) ??
    filled.find(({ target }) => target.field === 'name')
  return (
    <section className="card imp-card">
      <div className="row b">
        {t('previewTitle', { n: row.row })}
        <span className="grow" />
        <IconButton small icon={<LeftOutlined />} title={t('previous')} disabled={at === 0} onClick={() => setAt(at - 1)} />
        <IconButton
          small
          icon={<RightOutlined />}
          title={t('next')}
          disabled={at + 1 >= detail.preview.length}
          onClick={() => setAt(at + 1)}
        />
      </div>
      {title && <div className="el b lit">{title.value}</div>}
      <div className="kv s12 imp-preview">
        {filled
          .filter((one) => one !== title)
          .map(({ index, target, value, feature }) => (
            <Fragment key={index}>
              <span className="el">{fieldWord(feature, target.field)}</span>
              <span className="el num lit" title={value}>
                {value}
              </span>
            </Fragment>
          ))}
      </div>
    </section>
  )
}
