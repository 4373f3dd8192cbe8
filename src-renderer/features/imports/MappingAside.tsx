import { BulbOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Select, Switch } from 'antd'
import { Fragment, useState } from 'react'
import { Picker } from '../../components/Picker.tsx'
import { CUSTOMER_LEVELS, CUSTOMER_STATUSES } from '../../../src-shared/features/customers/entity.ts'
import type { ImportDetail, ImportOptions } from '../../../src-shared/features/imports/model.ts'
import { IconButton } from '../../components/page.tsx'
import { useApi } from '../../kernel/context.tsx'
import { fieldWord, optionWord } from '../../kernel/slices.ts'
import { colleagueChoices } from '../../../src-shared/features/people/colleagues.ts'
import { useText } from '../../kernel/text.ts'
import { kindOf } from './kinds.ts'
import type { ImportSteps } from './useImport.ts'
import { text } from './text.ts'
import { UnknownWords } from './UnknownWords.tsx'

type AsideProps = { detail: ImportDetail; steps: ImportSteps }
const DEFAULT_CHOICES = { level: CUSTOMER_LEVELS, status: CUSTOMER_STATUSES } as const
const IDENTITY = ['code', 'core', 'phone', 'email'] as const
/** Right of the columns: what is used where the file says nothing, what counts as the same, words nobody knows yet. */
export function MappingAside({ detail, steps }: AsideProps) {
  const t = useText(text)
  const set = (options: Partial<ImportOptions>) => steps.setOptions.mutate({ id: detail.id, options })
  return (
    <aside className="imp-aside">
      <UnknownWords detail={detail} set={set} />
      {kindOf(detail).defaults && <Defaults detail={detail} set={set} />}
      {kindOf(detail).defaults && <Identity detail={detail} set={set} />}
      {mayBeMade(detail) && <Missing detail={detail} set={set} />}
      {(detail.makesOfWon || (detail.entity === 'opportunity' && detail.options.wonOrders)) && (
        <OfWon detail={detail} set={set} />
      )}
      <Preview detail={detail} />
      <div className="row g8 s12 t2 imp-hint">
        <BulbOutlined className="imp-lamp" />
        <span>{detail.remembered ? t('remembered') : t('willRemember')}</span>
      </div>
    </aside>
  )
}

export type Setting = { detail: ImportDetail; set: (options: Partial<ImportOptions>) => void }

function Identity({ detail, set }: Setting) {
  const t = useText(text)
  return (
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
  )
}

/** Also where the right went after the switch was turned on: it can be turned off. */
const mayBeMade = (detail: ImportDetail): boolean =>
  kindOf(detail).missing && (detail.makesMissing || detail.options.missing === 'create')

/** Rows that name a customer whom nobody knows are refused, or he is made; of employees the managers they name. */
function Missing({ detail, set }: Setting) {
  const t = useText(text)
  const ofManagers = detail.entity === 'employee'
  return (
    <section className="card imp-card">
      <label className="row g8">
        <Switch
          size="small"
          checked={detail.options.missing === 'create'}
          onChange={(make) => set({ missing: make ? 'create' : 'fail' })}
        />
        <span className="b">{t(ofManagers ? 'makeManagers' : 'makeMissing')}</span>
      </label>
      <div className="t3 s12">{t(ofManagers ? 'makeManagersHint' : 'makeMissingHint')}</div>
    </section>
  )
}

/** What the file has as won becomes orders and payments. */
function OfWon({ detail, set }: Setting) {
  const t = useText(text)
  return (
    <section className="card imp-card">
      <label className="row g8">
        <Switch size="small" checked={detail.options.wonOrders} onChange={(wonOrders) => set({ wonOrders })} />
        <span className="b">{t('wonOrders')}</span>
      </label>
      <div className="t3 s12">{t('wonOrdersHint')}</div>
    </section>
  )
}

const ME = '__me'
const NOBODY = '__nobody'
const POOL = '__pool '

function Defaults({ detail, set }: Setting) {
  const t = useText(text)
  const api = useApi()
  const colleagues = useQuery(api.people.colleagues.queryOptions({ input: {}, staleTime: 60_000 }))
  const tags = useQuery(api.tags.list.queryOptions({ input: {}, staleTime: 60_000 }))
  const pools = usePools(detail)
  const { defaults } = detail.options
  const change = (next: ImportOptions['defaults']) => set({ defaults: { ...defaults, ...next } })
  const owner = defaults.ownerId === undefined ? ME : (defaults.ownerId ?? NOBODY)
  const pickOwner = (value: string) => {
    const { ownerId: _owner, poolId: _pool, ...rest } = defaults
    if (value === ME) set({ defaults: rest })
    else if (value.startsWith(POOL)) set({ defaults: { ...rest, ownerId: null, poolId: value.slice(POOL.length) } })
    else set({ defaults: { ...rest, ownerId: value === NOBODY ? null : value } })
  }
  return (
    <section className="card imp-card">
      <div className="b">{t('defaults')}</div>
      <label className="row">
        <span className="t3 imp-label">{t('owner')}</span>
        <Picker
          size="small"
          className="grow"
          aria-label={t('owner')}
          value={defaults.poolId ? POOL + defaults.poolId : owner}
          options={[
            { value: ME, label: t('ownerMe') },
            { value: NOBODY, label: t('ownerNobody') },
            ...pools.map(({ id, name }) => ({ value: POOL + id, label: t('inPool', { name }) })),
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
      {(['level', 'status'] as const).map((field) => (
        <label key={field} className="row">
          <span className="t3 imp-label">{fieldWord('customers', field)}</span>
          <Select
            size="small"
            className="grow"
            allowClear
            aria-label={fieldWord('customers', field)}
            placeholder={t('noDefault')}
            value={defaults[field] || null}
            options={DEFAULT_CHOICES[field].map((value) => ({ value, label: optionWord('customers', field, value) }))}
            onChange={(value: string | null | undefined) => change({ [field]: value ?? '' })}
          />
        </label>
      ))}
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

/** Where rows without an owner may go, for who may put customers there. */
function usePools({ targets }: ImportDetail): readonly { id: string; name: string }[] {
  const enabled = targets.some(({ entity, field }) => entity === 'customer' && field === 'poolId')
  const pools = useQuery({ ...useApi().pools.choices.queryOptions({ input: {}, staleTime: 60_000 }), enabled })
  return enabled ? (pools.data ?? []) : []
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
