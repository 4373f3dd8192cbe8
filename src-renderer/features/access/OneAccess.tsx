import { EyeOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import type { Access } from '../../../src-shared/features/looking/contract.ts'
import { Avatar } from '../../components/Avatar.tsx'
import { Chip } from '../../components/marks.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { useApi, useCan, useMe } from '../../kernel/context.tsx'
import { formatNumber } from '../../kernel/format.ts'
import { useText } from '../../kernel/text.ts'
import { lookingText, useLookAs } from '../looking/public.ts'
import { roleName } from '../people/public.ts'
import { Rights } from './Rights.tsx'
import { SeesCustomer } from './SeesCustomer.tsx'
import { text } from './text.ts'

/** Everything about one account; from here one looks at the program as he does. */
export function OneAccess({ userId }: { userId: Access['userId'] }) {
  const found = useQuery(useApi().looking.access.queryOptions({ input: { userId }, meta: { shown: true } }))
  return (
    <div className="set-scroll">
      <Loaded query={found} feature="looking" rows={10} height={36}>
        {(access) => (
          <>
            <Who access={access} />
            <div className="access-body">
              <Reach access={access} />
              <SeesCustomer access={access} />
              <Rights access={access} />
              <Pools access={access} />
            </div>
          </>
        )}
      </Loaded>
    </div>
  )
}

function Who({ access }: { access: Access }) {
  const t = useText(text)
  const tl = useText(lookingText)
  const me = useMe()
  const lookAs = useLookAs()
  const mayLook = useCan('people.manage') && me.lookedBy === null && access.userId !== me.userId && access.active
  return (
    <header className="access-who">
      <Avatar name={access.name} size={40} />
      <div className="col grow mh0">
        <span className="row g8">
          <b className="s16 el">{access.name}</b>
          {!access.active && <Chip tone="bad">{t('closed')}</Chip>}
        </span>
        <span className="t2 s12 el">
          {access.departmentName ?? t('noDepartment')} · {access.roles.map(roleName).join(t('list'))}
        </span>
      </div>
      {mayLook && (
        <Button icon={<EyeOutlined />} onClick={() => void lookAs({ userId: access.userId, name: access.name })}>
          {tl('lookAs')}
        </Button>
      )}
      {!access.active && <p className="t2 access-note">{t('closedHint')}</p>}
    </header>
  )
}

/** How much he sees, and whose records the scopes of departments mean. */
function Reach({ access }: { access: Access }) {
  const t = useText(text)
  if (!access.active) return null
  const scopes = new Set(access.permissions.map(({ scope }) => scope))
  const names = ({ count, names: some }: Access['below']) => `${some.join(t('list'))}${count > some.length ? t('reachMore') : ''}`
  return (
    <Section title={t('sees')} note={t('seesHint')}>
      <div className="access-figures">
        {(['customers', 'contacts', 'followUps'] as const).map((key) => (
          <div key={key}>
            <span className="t3 s12">{t(key)}</span>
            <b className={`num${access[key] ? '' : ' zero'}`}>{access[key] === null ? t('none') : formatNumber(access[key])}</b>
          </div>
        ))}
      </div>
      {scopes.has('department') && (
        <p className="t2 access-note">{t('reachDepartment', { n: access.department.count, names: names(access.department) })}</p>
      )}
      {scopes.has('below') && (
        <p className="t2 access-note">{t('reachBelow', { n: access.below.count, names: names(access.below) })}</p>
      )}
    </Section>
  )
}

function Pools({ access: { pools, active } }: { access: Access }) {
  const t = useText(text)
  if (!active) return null
  return (
    <Section title={t('pools')}>
      {pools.length === 0 && <Nothing>{t('poolsNone')}</Nothing>}
      <div className="row g6 wrap">
        {pools.map(({ id, name, manages }) => (
          <Chip key={id} tone={manages ? 'brand' : 'ink'}>
            {name} · {t(manages ? 'manager' : 'member')}
          </Chip>
        ))}
      </div>
    </Section>
  )
}
