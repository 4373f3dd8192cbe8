import './looking.css'
import { useQuery } from '@tanstack/react-query'
import { Button, Input, Modal } from 'antd'
import { useState } from 'react'
import type { Customer } from '../../../src-shared/features/customers/model.ts'
import type { Sight, SightReason } from '../../../src-shared/features/looking/contract.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Chip } from '../../components/marks.tsx'
import { LoadFailed, Nothing, SkeletonRows } from '../../components/states.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { fieldWord } from '../../kernel/slices.ts'
import { type Translate, useText } from '../../kernel/text.ts'
import { useTyped } from '../../kernel/typed.ts'
import { roleName } from '../people/public.ts'
import { type LookingWord, text } from './text.ts'
import { useLookAs } from './useLookAs.ts'

type T = Translate<LookingWord>

/** 谁能看到: each user with the reason, or with what he lacks. */
export function WhoSees({ customer, onClose }: { customer: Customer; onClose: () => void }) {
  const t = useText(text)
  const api = useApi()
  const [words, setWords] = useState('')
  const typed = useTyped()
  const sights = useQuery(api.looking.whoSees.queryOptions({ input: { customerId: customer.id }, meta: { shown: true } }))
  const granters = useQuery(api.people.granters.queryOptions({ input: {}, meta: { shown: true } }))
  const all = sights.data ?? []
  const shown = all
    .filter(({ name, roles }) => [name, ...roles.map(roleName)].some((one) => typed.matches(one, words)))
    .toSorted((a, b) => Number(b.sees) - Number(a.sees) || Number(b.edits) - Number(a.edits))
  const seeing = all.filter(({ sees }) => sees).length
  return (
    <Modal open title={t('whoTitle', { name: customer.name })} footer={null} width={640} onCancel={onClose} destroyOnHidden>
      <div className="row g8 gap-below">
        <span className="t2 num grow">
          {sights.data && t('counts', { n: formatNumber(seeing), m: formatNumber(all.length - seeing) })}
        </span>
        <Input
          allowClear
          className="looking-search"
          placeholder={t('search')}
          aria-label={t('search')}
          value={words}
          onFocus={typed.load}
          onChange={(event) => setWords(event.target.value)}
        />
      </div>
      {sights.isPending && <SkeletonRows rows={6} height={44} />}
      {sights.error && !sights.data && (
        <LoadFailed error={sights.error} feature="looking" onRetry={() => void sights.refetch()} />
      )}
      {sights.data && shown.length === 0 && <Nothing>{t('nobodyFound')}</Nothing>}
      <ul className="looking-list">
        {shown.map((sight) => (
          <SightLine key={sight.userId} sight={sight} />
        ))}
      </ul>
      {granters.data && granters.data.length > 0 && (
        <p className="t3 s12">{t('granters', { names: granters.data.join(t('listSeparator')) })}</p>
      )}
    </Modal>
  )
}

/** Whether one user sees it, and why or why not. */
export function SightLine({ sight }: { sight: Sight }) {
  const t = useText(text)
  const me = useMe()
  const mayLook = useCan('people.manage') && me.lookedBy === null && sight.userId !== me.userId
  const lookAs = useLookAs()
  const fields = (keys: readonly string[]) => keys.map((key) => fieldWord('customers', key)).join(t('listSeparator'))
  const limits = [
    ...(sight.sees && sight.hidden.length > 0 ? [t('hidden', { fields: fields(sight.hidden) })] : []),
    ...(sight.sees && sight.masked.length > 0 ? [t('masked', { fields: fields(sight.masked) })] : []),
  ]
  return (
    <li className="looking-one">
      <Avatar name={sight.name} size={28} />
      <span className="grow looking-words">
        <span className="row g6">
          <span className="b">{sight.name}</span>
          <span className="t3 s12 el">{sight.roles.map(roleName).join(t('listSeparator'))}</span>
        </span>
        <span className="t2 s12">
          {[...sight.reasons.map((reason) => reasonWord(t, reason)), ...limits].join(t('separator'))}
        </span>
      </span>
      <Chip tone={sight.edits ? 'ok' : sight.sees ? 'info' : 'ink'}>
        {t(sight.edits ? 'edits' : sight.sees ? 'reads' : 'blind')}
      </Chip>
      {mayLook && (
        <Button size="small" type="text" onClick={() => void lookAs(sight)}>
          {t('lookAs')}
        </Button>
      )}
    </li>
  )
}

function reasonWord(t: T, { code, name, builtin, edits }: SightReason): string {
  const named = { name: roleName({ name: name ?? '', builtin }) }
  if (code === 'team') return t('why_team', { access: t(edits ? 'teamEdit' : 'teamRead') })
  if (code === 'pool') return t(edits ? 'why_poolManages' : 'why_pool', named)
  if (code === 'all' && name === null) return t('why_allPlain')
  if (code === 'outside' && name === null) return t('why_outsideNobody')
  return t(`why_${code}`, named)
}
