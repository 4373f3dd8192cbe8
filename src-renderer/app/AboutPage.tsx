import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Mark } from '../components/Mark.tsx'
import { Section, SettingsPage } from '../components/settings/SettingsPage.tsx'
import { useApi, useCan, useMe, useWelcome } from '../kernel/context.tsx'
import { hasPlace } from '../kernel/places.ts'
import { useText } from '../kernel/text.ts'
import { zoneLabel } from '../kernel/zones.ts'
import { text } from './settingsText.ts'

/** What the program carries with it, by licence. */
const CARRIED: readonly { licence: string; names: string }[] = [
  {
    licence: 'MIT',
    names:
      'React · Ant Design · TanStack Query · TanStack Router · TanStack Virtual · oRPC · i18next · Day.js · Zod · Kysely · better-sqlite3 · node-rs argon2 · Fastify · ExcelJS · fflate · libphonenumber-js · pinyin-pro · Electron · Node.js',
  },
  { licence: 'Apache-2.0', names: 'SheetJS CE' },
  { licence: 'Public domain', names: 'SQLite' },
]

/** 关于: which version this is, where its backups lie, what it is built from. */
export function AboutPage() {
  const t = useText(text)
  const me = useMe()
  const version = useWelcome().data?.version
  return (
    <SettingsPage title={t('about')}>
      <section className="set-section profile">
        <Mark size={44} />
        <div className="grow">
          <div className="s16 b">{t('product')}</div>
          <div className="t2 num">{version && t('version', { version })}</div>
        </div>
      </section>
      <Section title={t('facts')}>
        <div className="set-lined profile-facts">
          <div className="kv">
            <span>{t('company')}</span>
            <span>{me.company}</span>
            <span>{t('timeZone')}</span>
            <span>{zoneLabel(me.timeZone)}</span>
            <BackupPlace />
          </div>
          <div className="t3 s12">{t('kept')}</div>
        </div>
      </Section>
      <Section title={t('licence')}>
        <div className="set-lined profile-facts t2">{t('licenceText')}</div>
      </Section>
      <Section title={t('thirdParty')} note={t('thirdPartyHint')}>
        <div className="set-lined profile-facts">
          <div className="kv carried">
            {CARRIED.flatMap(({ licence, names }) => [
              <span key={licence} className="lit">
                {licence}
              </span>,
              <span key={names} className="lit t2">
                {names}
              </span>,
            ])}
          </div>
        </div>
      </Section>
    </SettingsPage>
  )
}

function BackupPlace() {
  const t = useText(text)
  const mayLook = useCan('backups.manage') && hasPlace('/settings/backups')
  const backups = useQuery(useApi().backups.list.queryOptions({ input: {}, enabled: mayLook, meta: { shown: true } }))
  if (!backups.data) return null
  return (
    <>
      <span>{t('backupFolder')}</span>
      <span>
        <span className="lit">{backups.data.folder}</span>{' '}
        <Link to="/settings/backups" className="underlined">
          {t('openBackups')}
        </Link>
      </span>
    </>
  )
}
