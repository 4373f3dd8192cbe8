import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { confirm } from '../../components/confirm.ts'
import { Chip } from '../../components/marks.tsx'
import { ListTable } from '../../components/settings/ListTable.tsx'
import { Loaded, Section } from '../../components/settings/SettingsPage.tsx'
import { Nothing } from '../../components/states.tsx'
import { InstantText } from '../../components/values.tsx'
import { useApi } from '../../kernel/context.tsx'
import { optionWord } from '../../kernel/slices.ts'
import { useText } from '../../kernel/text.ts'
import { toast } from '../../kernel/toast.tsx'
import { text } from './text.ts'

type Session = { id: string; origin: string; device: string; createdAt: string; lastSeenAt: string; current: boolean }

/** Where one is signed in; any of them can be ended from here. */
export function Sessions() {
  const t = useText(text)
  const sessions = useQuery(useApi().session.mine.queryOptions({ input: {}, meta: { shown: true } }))
  const origin = (one: Session) => <span className="t2">{optionWord('session', 'origin', one.origin)}</span>
  return (
    <Section title={t('devices')} note={t('devicesHint')}>
      <Loaded query={sessions} feature="session" rows={2} height={40}>
        {(rows) => (
          <ListTable<Session>
            rows={rows}
            rowKey={(one) => one.id}
            empty={<Nothing>{t('none')}</Nothing>}
            columns={[
              { key: 'device', title: t('device'), render: (one) => <DeviceName session={one} /> },
              { key: 'origin', title: t('origin'), width: 110, render: origin },
              {
                key: 'since',
                title: t('since'),
                width: 110,
                align: 'right',
                render: (one) => <InstantText at={one.createdAt} />,
              },
              { key: 'seen', title: t('seen'), width: 110, align: 'right', render: (one) => <InstantText at={one.lastSeenAt} /> },
              { key: 'end', title: '', width: 110, align: 'right', render: (one) => <EndButton session={one} /> },
            ]}
            describe={(one) => ({
              title: <DeviceName session={one} />,
              facts: [origin(one), <InstantText key="seen" at={one.lastSeenAt} />],
              state: <EndButton session={one} />,
            })}
          />
        )}
      </Loaded>
    </Section>
  )
}

function DeviceName({ session }: { session: Session }) {
  const t = useText(text)
  return (
    <span className="row g6 inline">
      <span className="el">{session.device || t('unknown')}</span>
      {session.current && <Chip tone="ok">{t('current')}</Chip>}
    </span>
  )
}

function EndButton({ session }: { session: Session }) {
  const t = useText(text)
  const device = session.device || t('unknown')
  const end = useMutation(useApi().session.end.mutationOptions({ onSuccess: () => toast(t('ended', { device })) }))
  // The one in use is ended by signing out.
  if (session.current) return null
  const ask = async () => {
    if (await confirm({ title: t('endTitle', { device }), body: t('endBody'), yes: t('endYes'), danger: true }))
      end.mutate({ id: session.id })
  }
  return (
    <Button size="small" loading={end.isPending} onClick={() => void ask()}>
      {t('end')}
    </Button>
  )
}
